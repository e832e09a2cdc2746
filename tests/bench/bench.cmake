# raftlab_micro_bench: built on demand where Google Benchmark is, never run by ctest.
if(TARGET raftlab::benchmark)
  add_executable(raftlab_micro_bench EXCLUDE_FROM_ALL "${PROJECT_SOURCE_DIR}/tests/bench/micro_bench.cpp")
  target_link_libraries(raftlab_micro_bench PRIVATE raftlab_warnings raftlab_app raftlab::benchmark)
  target_compile_definitions(raftlab_micro_bench PRIVATE RAFTLAB_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
endif()
