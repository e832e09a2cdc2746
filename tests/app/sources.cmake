target_sources(raftlab_tests PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/author_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/bench_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/cli_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/notes_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/course_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/render_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/shiviz_test.cpp)
