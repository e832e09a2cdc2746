// Where the tests find the sources and the program: where they were built, or where the environment says, as when a
// package tests what it has installed.
#pragma once

#include <cstdlib>
#include <string>

inline std::string in_environment_or(const char* variable, const char* built) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0' ? value : built;
}

/// Whole paths: programs are run from other folders.
inline std::string source_dir() { return in_environment_or("RAFTLAB_SOURCE_DIR", RAFTLAB_SOURCE_DIR); }
inline std::string built_program() { return in_environment_or("RAFTLAB_PROGRAM", RAFTLAB_PROGRAM); }
