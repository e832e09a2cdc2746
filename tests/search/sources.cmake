target_sources(raftlab_tests PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/broken_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/codec_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/explorer_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/naive_explorer.cpp
  ${CMAKE_CURRENT_LIST_DIR}/reductions_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/rules_off_test.cpp)
