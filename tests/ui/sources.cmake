target_sources(raftlab_tests PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/diagram_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/elections_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/every_step_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/home_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/branches_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/author_panel_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/inspector_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/keys_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/layout_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/legibility_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/panels_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/roaming_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/scene_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/settings_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/stage_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/theme_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/tiny_test.cpp)
