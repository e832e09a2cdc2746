target_sources(raftlab_tests PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/broken_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/swarm_test.cpp)

# Not part of the test program: built by its script with each compiler there is.
raftlab_judge(hash_everywhere "${CMAKE_CURRENT_LIST_DIR}/hash_everywhere.sh" "${PROJECT_SOURCE_DIR}" "${PROJECT_BINARY_DIR}")
