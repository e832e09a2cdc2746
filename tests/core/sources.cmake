target_sources(raftlab_tests PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/bounds_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/code_map_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/core_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/readme_test.cpp
  ${CMAKE_CURRENT_LIST_DIR}/source_scan_test.cpp)
