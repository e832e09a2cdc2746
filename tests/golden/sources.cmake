target_sources(raftlab_tests PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/golden_test.cpp)
