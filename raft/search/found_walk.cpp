// One step for the faults and what clients ask, one for what follows; captions say what is done, not why it is wrong:
// that takes a person.
#include "raft/search/found_walk.h"

#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/recorder.h"
#include "raft/walkthrough/values.h"

namespace raft::search {

namespace {

using walkthrough::Texts;

Texts both(std::string en, std::string zh) { return {{"en", std::move(en)}, {"zh", std::move(zh)}}; }

std::string rules_off(const Rules& rules) {
  std::string text;
  for (const RuleInfo& info : rule_table) {
    if (!rules.on(info.rule)) text += (text.empty() ? "" : ", ") + std::string(info.name);
  }
  return text;
}

Texts title_of(const Culprit& culprit, std::uint64_t seed) {
  const std::string off = rules_off(culprit.config.settings.core.rules);
  const std::string promise = promise_name(culprit.finding);
  const std::string run = std::to_string(seed);
  if (off.empty()) return both(promise + " is broken in swarm run " + run, "随机运行 " + run + " 破坏了 " + promise);
  return both(promise + " is broken without " + off, "关闭 " + off + " 后，" + promise + " 被破坏");
}

/// A step for each thing that is done, named and captioned by it.
std::vector<walkthrough::Chapter> chapters_of(const SeedRun& run, const Finding& finding) {
  std::vector<walkthrough::Chapter> chapters;
  const auto names = walkthrough::Names::of(run.world());
  for (std::size_t i = 0; i < run.acts().size(); ++i) {
    const std::string text = command_text(run.acts()[i].what, names);
    const std::string at = " at " + walkthrough::duration_text(run.acts()[i].at);
    chapters.push_back({i, text, both(text + at + ".", walkthrough::duration_text(run.acts()[i].at) + "：" + text)});
  }
  const std::string promise = promise_name(finding);
  chapters.push_back({run.acts().size(), "Broken", both("Now " + promise + " is broken.", promise + " 在这里被破坏。")});
  return chapters;
}

/// What holds at the end and should not; the properties that are checked after every event need no words here.
std::vector<std::string> expected(const SeedRun& run, const Finding& finding) {
  switch (finding.kind) {
    case Finding::Kind::Property:
    case Finding::Kind::Traffic: return {};
    case Finding::Kind::Linearizability: return {"not linearizable"};
    case Finding::Kind::Progress: break;
  }
  const sim::World& world = run.world();
  const NodeId leader = current_leader(world);
  if (leader == no_node) return {"leader = none"};
  const sim::Client* client = world.client(prober);
  if (client == nullptr || client->status != sim::ClientStatus::Ok) return {"client c9 != ok"};
  return {"any n: applied n < commit " + world.name(leader)};
}

}  // namespace

walkthrough::Walkthrough walkthrough_of(const Culprit& culprit, std::uint64_t seed) {
  const SeedRun run = run_of(culprit);
  walkthrough::RecordOptions options;
  options.titles = title_of(culprit, seed);
  options.chapters = chapters_of(run, culprit.finding);
  options.expect = expected(run, culprit.finding);
  return record({run.config(), run.acts(), run.world().events, run.world().now}, options);
}

}  // namespace raft::search
