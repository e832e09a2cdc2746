target_sources(raftlab_tests PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/back_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/bad_input_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/commands_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/conditions_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/features_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/include_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/mutation_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/player_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/questions_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/recorder_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/shipped_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/writer_test.cpp)
