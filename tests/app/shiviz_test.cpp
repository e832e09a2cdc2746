// The vector clocks of `run --shiviz`: a host counts its own events one by one, and whoever receives a message knows
// from then on all that its sender knew.
#include "app/shiviz.h"

#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "app/asset_store.h"
#include "app/transcript.h"
#include "app/walkthrough_file.h"
#include "raft/walkthrough/player.h"
#include "tests/support/tree.h"

namespace app::test {

namespace {

using raft::sim::Event;
using raft::sim::EventKind;
using raft::sim::World;
using Clock = std::map<std::string, std::int64_t>;

struct Entry {
  std::string words;
  std::string host;
  Clock clock;
};

/// As ShiViz reads it.
std::vector<Entry> read_log(const std::string& text) {
  static const std::regex two_lines(R"((.*)\n(\S*) (\{.*\})\n)");
  std::vector<Entry> entries;
  auto at = text.cbegin();
  for (std::smatch found; std::regex_search(at, text.cend(), found, two_lines, std::regex_constants::match_continuous);
       at = found.suffix().first) {
    entries.push_back({found[1], found[2], nlohmann::json::parse(found[3].str()).get<Clock>()});
  }
  CHECK(at == text.cend());  // all of it fits the expression
  return entries;
}

bool dominates(const Clock& later, const Clock& earlier) {
  for (const auto& [host, count] : earlier) {
    const auto found = later.find(host);
    if (found == later.end() || found->second < count) return false;
  }
  return true;
}

/// What was said so far, and what must be so of all that follows.
class Checker {
 public:
  void observe(const Event& event, const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) {
      CAPTURE(entry.words);
      CHECK_FALSE(entry.words.empty());
      Clock& before = clocks_[entry.host];
      CHECK(entry.clock.at(entry.host) == before[entry.host] + 1);
      CHECK(dominates(entry.clock, before));
      for (const auto& [host, count] : entry.clock) {
        if (host != entry.host) CHECK(count <= clocks_[host][host]);  // nobody knows the future of another
      }
      before = entry.clock;
    }
    if (event.kind == EventKind::Receive) {
      REQUIRE(entries.size() == 1);
      CHECK(dominates(entries.front().clock, sent_.at(event.flight->id)));
      ++received;
    }
    for (const raft::sim::MessageId id : event.sent) {
      const bool copied = event.kind == EventKind::Message;
      sent_[id] = copied ? sent_.at(event.flight->id) : entries.front().clock;
    }
  }
  int received = 0;

 private:
  std::map<std::string, Clock> clocks_;
  std::map<raft::sim::MessageId, Clock> sent_;
};

int check_clocks(const std::string& path) {
  std::string error;
  const auto words = app::read_words(raft::explain::Language::English, error);
  REQUIRE_MESSAGE(words, error);
  raft::walkthrough::Parsed parsed = app::read_walkthrough(source_dir() + "/" + path);
  REQUIRE(parsed.errors.empty());
  raft::walkthrough::Player player(
      std::make_shared<const raft::walkthrough::Walkthrough>(std::move(parsed.walkthrough)));
  app::ShiViz log(*words);
  Checker checker;
  const auto observe = [&](const World& after, const Event& event) {
    checker.observe(event, read_log(log.lines_of(after, event)));
  };
  observe(player.timeline().world(), player.timeline().event());
  player.on_event = [&](const World& after, const Event& event, const std::string&) { observe(after, event); };
  raft::walkthrough::Player::Progress progress{};
  while (progress != raft::walkthrough::Player::Progress::Ended) {
    progress = player.play_one();
    REQUIRE(progress != raft::walkthrough::Player::Progress::Failed);
  }
  return checker.received;
}

}  // namespace

TEST_CASE("every receive knows what its send knew, and a host counts its own events one by one") {
  CHECK(check_clocks("assets/walkthroughs/bob_and_tom.walk") > 50);
  CHECK(check_clocks("assets/walkthroughs/sally.walk") > 20);
  // Chance copies, a paused node, a tray, a slow disk, crashes of several nodes, members that join, clients.
  for (const char* name : {"duplicate", "pause", "hold_and_release", "disk_delay", "add_and_remove", "client_retry",
                           "snapshots", "joint_consensus"}) {
    CAPTURE(std::string(name));
    CHECK(check_clocks(std::string("tests/golden/features/") + name + ".walk") >= 2);
  }
}

}  // namespace app::test
