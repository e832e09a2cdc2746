target_sources(raftlab_tests PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/app_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/recording_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/session_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/bench_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/call_table_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/cli_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/course_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/grade_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/puzzle_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/file_dialog_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/hardening_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/library_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/memory_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/notes_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/palette_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/render_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/shiviz_test.cpp)
