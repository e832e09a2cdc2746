target_sources(raftlab_tests PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/rules_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/safety_test.cpp)
