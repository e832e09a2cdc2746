target_sources(raftlab_tests PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/anomalies_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/arrival_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/checklist_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/cluster_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/entry_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/long_runs_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/notes_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/sentences_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/state_in_words_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/texts_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/words_test.cpp)
