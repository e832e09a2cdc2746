# The real window, moved by a real mouse: a program of its own, for it starts a display server and takes some minutes.
add_executable(raftlab_window_test
  window/bench.cpp
  window/display.cpp
  window/drop.cpp
  window/letters.cpp
  window/main.cpp
  window/process.cpp
  window/places.cpp
  window/twin.cpp
  window/branches_test.cpp
  window/compare_test.cpp
  window/diagram_test.cpp
  window/author_test.cpp
  window/election_test.cpp
  window/guessing_test.cpp
  window/home_test.cpp
  window/inspector_test.cpp
  window/manners_test.cpp
  window/menus_test.cpp
  window/messages_test.cpp
  window/keys_test.cpp
  window/palette_test.cpp
  window/partition_test.cpp
  window/recording_test.cpp
  window/presenter_test.cpp
  window/settings_test.cpp
  window/stage_test.cpp
  window/upcoming_test.cpp
  window/walkthrough_test.cpp)
target_link_libraries(raftlab_window_test PRIVATE raftlab_warnings raftlab::doctest raftlab::fmt raftlab::json raftlab_app X11::X11)
# Xlib's macros would reach the other files.
set_source_files_properties(window/drop.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
raftlab_optimize(raftlab_window_test -O1)
target_compile_definitions(raftlab_window_test PRIVATE
  RAFTLAB_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
  RAFTLAB_PROGRAM="$<TARGET_FILE:raftlab>"
  RAFTLAB_WINDOW_TEST_FOLDER="${PROJECT_BINARY_DIR}/window-test")
add_dependencies(raftlab_window_test raftlab)
add_test(NAME window COMMAND raftlab_window_test WORKING_DIRECTORY "${PROJECT_BINARY_DIR}")
set_tests_properties(window PROPERTIES TIMEOUT 1800 ENVIRONMENT "ASAN_OPTIONS=detect_leaks=0")
