// A JSON file that outlives versions of the program: what this version does not know in it is kept, what cannot be
// read is set aside, and neither ever stops the program.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace app {

class KeptJson {
 public:
  enum class Found { Nothing, Read, Broken, Newer };

  /// "" for a file that is nowhere: nothing is read, nothing is kept.
  explicit KeptJson(std::string path);

  const std::string& path() const { return path_; }
  Found found() const { return found_; }
  /// An object; what it has may be of any type.
  const nlohmann::json& content() const { return content_; }
  /// As it is now: another window may have written.
  const nlohmann::json& reread();
  /// Writes what has changed from `before` to `now` over what is there. "" or one line: why not.
  [[nodiscard]] std::string keep(const nlohmann::json& before, const nlohmann::json& now);

  static constexpr int version = 1;

 private:
  Found read();

  std::string path_;
  nlohmann::json content_ = nlohmann::json::object();
  Found found_ = Found::Nothing;
};

/// The environment variable FOLDER + /raftlab/NAME, or ~/FALLBACK/raftlab/NAME; "" if there is no home.
std::string path_in_user_folder(const char* folder, const char* fallback, const std::string& name);

}  // namespace app
