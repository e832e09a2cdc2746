target_sources(raftlab_tests PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/clients_and_reads_8_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/election_5_2_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/figure_2_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/membership_6_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/prevote_and_transfer_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/replication_5_3_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/safety_5_4_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/snapshots_7_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/terms_5_1_test.cpp)
