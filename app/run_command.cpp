// `raftlab run`: plays files without a window and writes what was asked for.
#include "app/run_command.h"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/asset_store.h"
#include "app/cli.h"
#include "app/files.h"
#include "app/interrupt.h"
#include "app/notes.h"
#include "app/shiviz.h"
#include "app/standard_streams.h"
#include "app/transcript.h"
#include "app/walkthrough_file.h"
#include "raft/explain/state_in_words.h"
#include "raft/sim/trace.h"
#include "raft/sim/world_hash.h"
#include "raft/walkthrough/player.h"
#include "raft/walkthrough/values.h"

namespace app {

using raft::walkthrough::Parsed;
using raft::walkthrough::Player;
using raft::walkthrough::Walkthrough;

namespace {

void complain_about(const Parsed& parsed) {
  for (const raft::walkthrough::Diagnostic& error : parsed.errors) complain(error.message());
}

/// The words that are needed, each in its language.
struct Tables {
  std::optional<raft::explain::Words> transcript;
  std::optional<raft::explain::Words> shiviz;
  std::optional<raft::explain::Words> state;
  std::optional<raft::explain::Words> notes;
};

/// False, with one line on standard error, if a table that is needed cannot be read.
bool read_tables(const RunRequest& request, Tables& tables) {
  std::string error;
  if (request.transcript) tables.transcript = read_words(*request.transcript, error);
  if (!request.shiviz.empty() && error.empty()) tables.shiviz = read_words(raft::explain::Language::English, error);
  if (request.state && error.empty()) {
    tables.state = read_words(request.state_language.value_or(raft::explain::Language::English), error);
  }
  if (!request.notes.empty() && error.empty()) {
    const bool chinese = request.notes == "zh" || request.notes.ends_with(".zh.html");
    tables.notes = read_words(chinese ? raft::explain::Language::Chinese : raft::explain::Language::English, error);
  }
  if (!error.empty()) complain(error);
  return error.empty();
}

/// One file being played: what it says on standard output, and the files that it writes.
class Run {
 public:
  Run(const RunRequest& request, std::shared_ptr<const Walkthrough> walkthrough, const Tables& tables)
      : request_(request), walkthrough_(std::move(walkthrough)), player_(walkthrough_), state_words_(tables.state) {
    if (tables.transcript) transcript_.emplace(*tables.transcript, *walkthrough_);
    if (tables.shiviz) shiviz_.emplace(*tables.shiviz);
    if (tables.notes) notes_.emplace(*tables.notes, *walkthrough_);
  }

  int play() {
    const bool opened = open(trace_, request_.trace) && open(history_, request_.history) &&
                        open(shiviz_file_, request_.shiviz);
    if (!opened) return exit_surroundings;
    player_.on_event = [this](const raft::sim::World& after, const raft::sim::Event& event, const std::string& command) {
      on_event(after, event, command);
    };
    on_event(player_.timeline().world(), player_.timeline().event(), "");
    const int status = play_steps();
    if (status == exit_cancelled) {
      complain("cancelled");
      return status;
    }
    if (history_.is_open()) {
      history_.write(history_lines(player_.history(), player_.timeline().world().symbols, player_.timeline().clock()));
    }
    if (notes_ && is_page(request_.notes)) {
      if (const std::string error = write_file_atomically(request_.notes, notes_->page()); !error.empty()) {
        complain(error);
        return exit_surroundings;
      }
    }
    if (!commit(trace_) || !commit(history_) || !commit(shiviz_file_)) return exit_surroundings;
    const int printed = print(report(status));
    if (player_.failure()) complain(player_.failure()->message());
    if (!player_.remark().empty()) complain(player_.remark());
    return std::max(status, printed);
  }

 private:
  static bool is_page(const std::string& notes) { return notes.ends_with(".html"); }

  static bool open(AtomicFile& file, const std::string& path) {
    const std::string error = path.empty() ? "" : file.open(path);
    if (!error.empty()) complain(error);
    return error.empty();
  }

  static bool commit(AtomicFile& file) {
    const std::string error = file.is_open() ? file.commit() : "";
    if (!error.empty()) complain(error);
    return error.empty();
  }

  int play_steps() {
    int step = -1;
    std::size_t asked = 0;
    while (true) {
      if (interrupted()) return exit_cancelled;
      const Player::Progress progress = player_.play_one();
      if (transcript_ && player_.step_index() != step) transcript_->begin_step(player_.step_index());
      step = player_.step_index();
      for (; asked < player_.asked().size(); ++asked) {
        if (transcript_) transcript_->add_question(player_.asked()[asked]);
        if (notes_) notes_->add_question(player_.asked()[asked]);
      }
      if (progress == Player::Progress::Failed) return exit_failed;
      if (progress == Player::Progress::Ended) return exit_held;
    }
  }

  void on_event(const raft::sim::World& after, const raft::sim::Event& event, const std::string& command) {
    if (shiviz_) shiviz_file_.write(shiviz_->lines_of(after, event));
    if (!trace_.is_open() && !transcript_) return;
    const std::vector<raft::check::Property> broken = raft::check::broken_by(player_.oracles(), event.number, walkthrough_->allowed);
    if (trace_.is_open()) trace_.write(raft::sim::trace_line(after, event, command, raft::check::names_of(broken)) + "\n");
    if (!transcript_) return;
    transcript_->add_event(after, event);
    for (const raft::check::Property property : broken) transcript_->add_broken(event.number, property);
  }

  std::string state_in_words() const {
    const raft::check::History& history = player_.history();
    const raft::check::Broken broken = raft::check::broken_at_cursor(
        player_.timeline(), player_.oracles().violations(), player_.facts().linearizability.check(history), history);
    return raft::explain::state_in_words(*state_words_, player_.timeline().world(), player_.timeline().clock(), broken, history);
  }

  std::string what_was_allowed() const {
    std::vector<raft::check::Property> broken;
    for (const raft::check::Property property : walkthrough_->allowed) {
      if (player_.oracles().broken(property)) broken.push_back(property);
    }
    return broken.empty() ? "" : fmt::format("; broken, as its head allows: {}", fmt::join(raft::check::names_of(broken), ", "));
  }

  std::string report(int status) const {
    const raft::sim::World& world = player_.timeline().world();
    std::string text;
    if (transcript_) text += transcript_->text();
    if (notes_ && !is_page(request_.notes)) text += notes_->text();
    if (state_words_) text += state_in_words();
    if (!transcript_ && !notes_ && !request_.state && status == exit_held) {
      text += fmt::format("{}: {} steps, {} events, {} of simulated time; everything expected held{}\n",
                          walkthrough_->file, walkthrough_->steps.size(), world.events,
                          raft::walkthrough::duration_text(player_.timeline().clock()), what_was_allowed());
    }
    if (request_.hash) text += fmt::format("{:#018x}\n", raft::sim::world_hash(world));
    return text;
  }

  const RunRequest& request_;
  std::shared_ptr<const Walkthrough> walkthrough_;
  Player player_;
  const std::optional<raft::explain::Words>& state_words_;
  std::optional<Transcript> transcript_;
  std::optional<Notes> notes_;
  AtomicFile trace_;
  AtomicFile history_;
  std::optional<ShiViz> shiviz_;
  AtomicFile shiviz_file_;
};

/// "" or why not: what is read is not written, also where it is included.
std::string why_not_written(const RunRequest& request, const Walkthrough& walkthrough) {
  const std::vector<std::string> inputs = files_of(walkthrough);
  for (const auto& [option, output] : {std::pair{"--trace", &request.trace}, {"--history", &request.history}, {"--shiviz", &request.shiviz}, {"--notes", &request.notes}}) {
    if (std::string why = output->empty() ? "" : why_not_over(option, *output, inputs); !why.empty()) return why;
  }
  return "";
}

}  // namespace

int run_walkthroughs(const RunRequest& request) {
  watch_for_interrupt();
  Tables tables;
  if (!read_tables(request, tables)) return exit_surroundings;
  int worst = exit_held;
  for (const std::string& file : request.files) {
    Parsed parsed = read_walkthrough(file);
    complain_about(parsed);
    if (!parsed.errors.empty()) {
      worst = std::max(worst, exit_bad_input);
      continue;
    }
    if (const std::string why = why_not_written(request, parsed.walkthrough); !why.empty()) {
      complain(why);
      return exit_bad_input;
    }
    if (request.seed) {
      // Another seed is another run: the hash that was saved says nothing about it.
      parsed.walkthrough.config.seed = *request.seed;
      parsed.walkthrough.saved.reset();
    }
    Run run(request, std::make_shared<const Walkthrough>(std::move(parsed.walkthrough)), tables);
    worst = std::max(worst, run.play());
    if (worst == exit_cancelled) break;
  }
  return worst;
}

int check_walkthroughs(const CheckRequest& request) {
  int worst = exit_held;
  for (const std::string& file : request.files) {
    const Parsed parsed = read_walkthrough(file, 20);
    complain_about(parsed);
    if (!parsed.errors.empty()) {
      worst = std::max(worst, exit_bad_input);
    } else if (request.format) {
      worst = std::max(worst, print(write(parsed.walkthrough)));
    }
  }
  return worst;
}

}  // namespace app
