target_sources(raftlab_tests PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/bounds_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/election_times_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/event_index_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/features_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/intervention_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/network_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/timeline_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/world_hash_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/world_test.cpp)
