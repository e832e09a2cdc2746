# One program for each reader. With RAFTLAB_FUZZ (preset fuzz, clang) libFuzzer looks for new inputs, and ctest lets it
# do so for some seconds; without it the committed corpus is gone through. fuzz.sh runs all of them for longer.
function(raftlab_fuzz_target name source)
  cmake_parse_arguments(arg "" "" "LINK;SEEDS" ${ARGN})
  set(folder "${PROJECT_SOURCE_DIR}/tests/fuzz")
  add_executable(fuzz_${name} "${folder}/${source}")
  target_link_libraries(fuzz_${name} PRIVATE raftlab_warnings ${arg_LINK})
  add_dependencies(raftlab_tests fuzz_${name})  # who builds the tests builds all that ctest runs
  set(corpora "${folder}/corpus/${name}" ${arg_SEEDS})
  if(RAFTLAB_FUZZ)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    set(found "${PROJECT_BINARY_DIR}/fuzz/${name}")
    file(MAKE_DIRECTORY "${found}")
    add_test(NAME fuzz_${name} COMMAND fuzz_${name} -max_total_time=10 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1
             "-artifact_prefix=${found}-" "${found}" ${corpora})
  else()
    target_sources(fuzz_${name} PRIVATE "${folder}/replay_main.cpp")
    add_test(NAME fuzz_${name} COMMAND fuzz_${name} ${corpora})
  endif()
endfunction()

set(assets "${PROJECT_SOURCE_DIR}/assets/walkthroughs")
set(puzzles "${assets}/puzzles" "${assets}/puzzles/solutions")
set(features "${PROJECT_SOURCE_DIR}/tests/golden/features")

# Seeds that are made of assets: each puzzle with its solution, and the course.
set(seeds "${PROJECT_BINARY_DIR}/fuzz-seeds")
file(GLOB puzzle_files "${assets}/puzzles/*.walk")
foreach(puzzle IN LISTS puzzle_files)
  cmake_path(GET puzzle FILENAME name)
  file(READ "${puzzle}" assignment)
  file(READ "${assets}/puzzles/solutions/${name}" session)
  file(WRITE "${seeds}/grade/${name}" "${assignment}\n----\n${session}")
endforeach()
file(COPY "${assets}/course.toml" DESTINATION "${seeds}/course")

raftlab_fuzz_target(walkthrough walkthrough_fuzz.cpp LINK raftlab_walkthrough
                    SEEDS "${assets}" "${assets}/broken" ${puzzles} "${features}")
raftlab_fuzz_target(play play_fuzz.cpp LINK raftlab_walkthrough SEEDS ${puzzles} "${features}")
raftlab_fuzz_target(grade grade_fuzz.cpp LINK raftlab_walkthrough SEEDS "${seeds}/grade")
raftlab_fuzz_target(words words_fuzz.cpp LINK raftlab_explain)
raftlab_fuzz_target(settings settings_fuzz.cpp LINK raftlab_app)
raftlab_fuzz_target(progress progress_fuzz.cpp LINK raftlab_app)
raftlab_fuzz_target(course course_fuzz.cpp LINK raftlab_app SEEDS "${seeds}/course")
