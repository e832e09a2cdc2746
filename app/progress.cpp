// Progress as JSON. What is of the wrong sort is left out.
#include "app/progress.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

#include "app/kept_json.h"

namespace app {

namespace {

constexpr std::size_t most_recent = 8;
constexpr int most_steps = 1'000'000;

int read_count(const nlohmann::json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end() || !found->is_number_integer()) return 0;
  return static_cast<int>(std::clamp<std::int64_t>(found->get<std::int64_t>(), -most_steps, most_steps));
}

float read_length(const nlohmann::json& json, const char* name) {
  const auto found = json.find(name);
  if (found == json.end() || !found->is_number()) return 0;
  const auto length = found->get<double>();
  return std::isfinite(length) ? static_cast<float>(std::clamp(length, 0.0, 10'000.0)) : 0;
}

bool read_flag(const nlohmann::json& json, const char* name) {
  const auto found = json.find(name);
  return found != json.end() && found->is_boolean() && found->get<bool>();
}

std::optional<WindowPlace> read_window(const nlohmann::json& json) {
  const auto found = json.find("window");
  if (found == json.end() || !found->is_object()) return std::nullopt;
  WindowPlace place{read_count(*found, "x"), read_count(*found, "y"), read_count(*found, "width"),
                    read_count(*found, "height"), read_flag(*found, "maximised")};
  if (place.width < 320 || place.height < 200) return std::nullopt;
  return place;
}

}  // namespace

void Progress::opened(const std::string& name) {
  last = name;
  seen.try_emplace(name);
}

void Progress::opened_file(const std::string& path) {
  std::erase(recent, path);
  recent.insert(recent.begin(), path);
  if (recent.size() > most_recent) recent.resize(most_recent);
}

Progress merged(Progress now, const Progress& before, const Progress& others) {
  const auto take_unless_changed = [&](auto Progress::*member) {
    if (now.*member == before.*member) now.*member = others.*member;
  };
  take_unless_changed(&Progress::window);
  take_unless_changed(&Progress::right_width);
  take_unless_changed(&Progress::log_height);
  take_unless_changed(&Progress::lecture_path);
  take_unless_changed(&Progress::last);
  for (const auto& [name, theirs] : others.seen) {
    Seen& ours = now.seen[name];
    const auto old = before.seen.find(name);
    const bool changed = ours != (old != before.seen.end() ? old->second : Seen{});
    ours = {std::max(ours.step, theirs.step), changed ? ours.left_at : theirs.left_at, ours.done || theirs.done};
  }
  // What has been opened here since, then what lies there, then what is left: each once, the latest first.
  std::vector<std::string> all;
  const auto add = [&all](const std::string& path) {
    if (all.size() < most_recent && std::find(all.begin(), all.end(), path) == all.end()) all.push_back(path);
  };
  const auto old = [&before](const std::string& path) { return !before.recent.empty() && path == before.recent.front(); };
  if (now.recent != before.recent) {
    std::for_each(now.recent.begin(), std::find_if(now.recent.begin(), now.recent.end(), old), add);
  }
  std::for_each(others.recent.begin(), others.recent.end(), add);
  std::for_each(now.recent.begin(), now.recent.end(), add);
  now.recent = std::move(all);
  return now;
}

std::string progress_path() { return path_in_user_folder("XDG_STATE_HOME", ".local/state", "progress.json"); }

Progress progress_from(const nlohmann::json& json) {
  Progress progress;
  progress.window = read_window(json);
  progress.right_width = read_length(json, "right_width");
  progress.log_height = read_length(json, "log_height");
  progress.lecture_path = read_flag(json, "lecture_path");
  if (json.contains("last") && json["last"].is_string()) progress.last = json["last"].get<std::string>();
  if (json.contains("recent") && json["recent"].is_array()) {
    for (const nlohmann::json& path : json["recent"]) {
      if (path.is_string() && progress.recent.size() < most_recent) progress.recent.push_back(path.get<std::string>());
    }
  }
  if (json.contains("seen") && json["seen"].is_object()) {
    for (const auto& [name, one] : json["seen"].items()) {
      if (!one.is_object()) continue;
      progress.seen[name] = {std::max(0, read_count(one, "step")), std::max(0, read_count(one, "left_at")),
                             read_flag(one, "done")};
    }
  }
  return progress;
}

nlohmann::json json_of(const Progress& progress) {
  nlohmann::json seen = nlohmann::json::object();
  for (const auto& [name, one] : progress.seen) {
    seen[name] = {{"step", one.step}, {"left_at", one.left_at}, {"done", one.done}};
  }
  nlohmann::json json{{"right_width", progress.right_width}, {"log_height", progress.log_height},
                      {"lecture_path", progress.lecture_path}, {"last", progress.last},
                      {"seen", std::move(seen)},           {"recent", progress.recent}};
  if (progress.window) {
    json["window"] = {{"x", progress.window->x},         {"y", progress.window->y},
                      {"width", progress.window->width}, {"height", progress.window->height},
                      {"maximised", progress.window->maximised}};
  }
  return json;
}

}  // namespace app
