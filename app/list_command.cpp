// The library in its order. Each walkthrough is played once, to say how long it is.
#include "app/list_command.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>

#include <nlohmann/json.hpp>

#include "app/asset_store.h"
#include "app/cli.h"
#include "app/library.h"
#include "app/render_film.h"
#include "app/standard_streams.h"
#include "raft/sim/json_text.h"
#include "raft/walkthrough/player.h"

namespace app {

namespace {

using raft::explain::Language;
using raft::walkthrough::Player;
using raft::walkthrough::Step;

/// As the window plays where a step says nothing.
constexpr double usual_pace = 1.0 / 32;

struct Row {
  std::string path;
  std::string chapter;
  std::string title;
  std::string outcome;
  int steps = 0;
  int questions = 0;
  raft::sim::Time simulated_us = 0;
  double seconds = 0;  // for somebody who reads all and goes on
  int minutes = 0;     // of a lecture, as the course says; 0: it does not
  bool lecture = false;
};

double seconds_to_read(const Step& step, const char* code) {
  double seconds = reading_seconds(raft::walkthrough::text_in(step.say, code));
  for (const raft::walkthrough::Question& question : step.questions) {
    std::string text = raft::walkthrough::text_in(question.texts, code);
    for (const raft::walkthrough::Option& option : question.options) {
      text += " " + raft::walkthrough::text_in(option.texts, code);
    }
    seconds += reading_seconds(text) + think_s + see_the_answer_s;
  }
  return seconds;
}

/// Plays it to its end.
void measure(const LibraryItem& item, const char* code, Row& row) {
  Player player(item.walkthrough);
  raft::sim::Time from = 0;
  for (;;) {
    const Player::Progress progress = player.play_one();
    if (progress == Player::Progress::Ended || progress == Player::Progress::Failed) break;
    if (progress != Player::Progress::StepEnded) continue;
    const Step& step = item.walkthrough->steps[static_cast<std::size_t>(player.step_index())];
    const raft::sim::Time now = std::as_const(player).timeline().clock();
    const double pace = step.pace ? static_cast<double>(step.pace->numerator) / step.pace->denominator : usual_pace;
    if (!step.hidden) row.seconds += static_cast<double>(now - from) / 1e6 / pace + seconds_to_read(step, code);
    from = now;
  }
  row.simulated_us = std::as_const(player).timeline().clock();
}

/// As it can be given to the other calls from here.
std::string short_path(const std::string& path) {
  std::error_code code;
  const std::string near = std::filesystem::proximate(path, code).string();
  return !near.empty() && near.size() < path.size() ? near : path;
}

Row row_of(const Library& library, const LibraryItem& item, const raft::explain::Words& words) {
  const Language language = words.language();
  const char* code = raft::explain::language_code(language);
  Row row;
  row.path = short_path(item.path);
  row.chapter = item.rule_off ? words.text("ui.library_rules_off") : words.text("home.more");
  if (item.chapter >= 0) row.chapter = library.chapters(language)[static_cast<std::size_t>(item.chapter)];
  row.title = raft::walkthrough::text_in(item.walkthrough->titles, code);
  row.outcome = item.outcome.in(language);
  row.steps = static_cast<int>(item.walkthrough->steps.size());
  for (const Step& step : item.walkthrough->steps) row.questions += static_cast<int>(step.questions.size());
  row.minutes = item.minutes;
  row.lecture = item.lecture;
  measure(item, code, row);
  return row;
}

nlohmann::ordered_json json_of(const Row& row) {
  nlohmann::ordered_json json{{"path", row.path},
                              {"chapter", row.chapter},
                              {"title", row.title},
                              {"steps", row.steps},
                              {"questions", row.questions},
                              {"simulated_ms", static_cast<double>(row.simulated_us) / 1000},
                              {"seconds", std::round(row.seconds)},
                              {"lecture", row.lecture},
                              {"outcome", row.outcome}};
  json["lecture_minutes"] = row.minutes > 0 ? nlohmann::ordered_json(row.minutes) : nlohmann::ordered_json(nullptr);
  return json;
}

/// In a terminal Chinese characters are as wide as two letters.
std::size_t columns_of(const std::string& text) {
  std::size_t columns = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80) columns += byte >= 0xE3 ? 2 : 1;
  }
  return columns;
}

constexpr std::size_t cell_count = 8;
using Cells = std::array<std::string, cell_count>;

Cells cells_of(const Row& row) {
  return {row.path,
          row.title,
          std::to_string(row.steps),
          raft::explain::time_text(row.simulated_us),
          std::to_string(std::max(1, static_cast<int>(std::lround(row.seconds / 60)))),
          row.minutes > 0 ? std::to_string(row.minutes) : "",
          std::to_string(row.questions),
          row.outcome};
}

std::string line_of(const Cells& cells, const std::array<std::size_t, cell_count>& widths) {
  std::string line;
  for (std::size_t i = 0; i < cell_count; ++i) {
    const std::string gap(widths[i] - columns_of(cells[i]), ' ');
    const bool is_number = i >= 2 && i <= 6;
    line += is_number ? gap + cells[i] : cells[i] + gap;
    line += "  ";
  }
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string table_of(const std::vector<Row>& rows, const raft::explain::Words& words) {
  const Cells head{words.text("list.path"),      words.text("list.title"),    words.text("list.steps"),
                   words.text("list.simulated"), words.text("list.plays_in"), words.text("list.lecture"),
                   words.text("list.questions"), words.text("list.outcome")};
  std::array<std::size_t, cell_count> widths{};
  const auto widen = [&widths](const Cells& cells) {
    for (std::size_t i = 0; i < cell_count; ++i) widths[i] = std::max(widths[i], columns_of(cells[i]));
  };
  widen(head);
  for (const Row& row : rows) widen(cells_of(row));
  std::string table = line_of(head, widths);
  std::string chapter;
  for (const Row& row : rows) {
    if (row.chapter != chapter) table += "\n" + row.chapter + "\n";
    chapter = row.chapter;
    table += line_of(cells_of(row), widths);
  }
  return table;
}

}  // namespace

int list_walkthroughs(const ListRequest& request) {
  std::string error;
  const std::optional<raft::explain::Words> words = read_words(request.language, error);
  if (!words) {
    complain(error);
    return exit_surroundings;
  }
  const Library library;
  std::vector<Row> rows;
  for (const LibraryItem& item : library.items()) rows.push_back(row_of(library, item, *words));
  if (!request.json) return print(table_of(rows, *words));
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Row& row : rows) list.push_back(json_of(row));
  return print(raft::sim::json_text(list, 2) + "\n");
}

}  // namespace app
