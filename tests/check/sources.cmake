target_sources(raftlab_tests PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/branches_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/breach_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/guards_5_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/guards_6_to_8_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/history_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/linearizable_random_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/linearizable_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/linearizable_world_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/liveness_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/rules_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/safety_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/transitions_test.cpp)

# Every rule of the core has a test that fails without it.
add_test(NAME rules_off
         COMMAND "${CMAKE_CURRENT_LIST_DIR}/rules_off.sh" $<TARGET_FILE:raftlab> $<TARGET_FILE:raftlab_tests>)
