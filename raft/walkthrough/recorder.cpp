// Places are written as they are read best: nothing for what follows at once, an event for what comes right after it,
// a time for what comes between two events, both for what comes just before another event of that very time.
#include "raft/walkthrough/recorder.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "raft/check/oracles.h"
#include "raft/sim/advance.h"
#include "raft/sim/world_hash.h"
#include "raft/walkthrough/commands.h"
#include "raft/walkthrough/parser.h"
#include "raft/walkthrough/trail.h"
#include "raft/walkthrough/typed_condition.h"
#include "raft/walkthrough/values.h"

namespace raft::walkthrough {

namespace {

class Recorder {
 public:
  Recorder(const Recording& recording, const RecordOptions& options)
      : recording_(recording), options_(options), world_(sim::make_world(recording.config)), oracles_(world_) {
    if (options_.trail) trail_.every = trail_spacing(recording.last_event);
  }

  Walkthrough record() {
    for (std::size_t i = 0; i < recording_.acts.size(); ++i) {
      const sim::Act& act = recording_.acts[i];
      begin_chapters(i);
      go_to(act.number - 1, act.at);
      add(Statement::Kind::Do).command = act.what;
      sim::wait_until(world_, act.at);
      sim::intervene(world_, act.what, act.origin, event_);
      observe();
      clock_ = act.at;
    }
    begin_chapters(recording_.acts.size());
    go_to(recording_.last_event, std::max(recording_.clock, clock_));
    write_head(Names::of(world_));
    write_end();
    return std::move(walkthrough_);
  }

  /// Every act with its place in full, so that nothing needs to be played.
  Walkthrough journal(const Names& names, std::span<const check::Property> broken) {
    playing_ = false;
    for (const check::Property property : broken) broken_[static_cast<std::size_t>(property)] = true;
    for (std::size_t i = 0; i < recording_.acts.size(); ++i) {
      begin_chapters(i);
      go_to(recording_.acts[i].number - 1, recording_.acts[i].at);
      add(Statement::Kind::Do).command = recording_.acts[i].what;
    }
    begin_chapters(recording_.acts.size());
    write_head(names);
    return std::move(walkthrough_);
  }

 private:
  Statement& add(Statement::Kind kind) {
    auto& statements = walkthrough_.steps.back().statements;
    statements.emplace_back().kind = kind;
    return statements.back();
  }

  void begin_chapters(std::size_t act) {
    if (act == 0 && (options_.chapters.empty() || options_.chapters[0].first_act > 0)) begin_step({0, options_.names.session, {}});
    for (const Chapter& chapter : options_.chapters) {
      if (chapter.first_act != act) continue;
      if (chapter.begins) go_to(chapter.begins->event, chapter.begins->clock);
      begin_step(chapter);
    }
  }

  void begin_step(const Chapter& chapter) {
    Step& step = walkthrough_.steps.emplace_back();
    step.name = chapter.name;
    step.say = chapter.say;
    step.hidden = chapter.hidden;
    if (chapter.hidden) add(Statement::Kind::Hide);
    for (const LocalText& text : chapter.say) add(Statement::Kind::Say).text = text;
  }

  /// Plays up to event `number` and says how to come to the place at `time` after it.
  void go_to(std::int64_t number, sim::Time time) {
    if (!playing_) {
      Statement& place = add(Statement::Kind::AtPlace);
      place.count = number;
      place.time = time;
      return;
    }
    const std::int64_t from = world_.events;
    while (world_.events < number) {
      const bool happened = sim::advance(world_, event_);
      assert(happened);
      if (!happened) return;
      observe();
      clock_ = world_.now;
    }
    assert(time >= clock_ && time <= std::max(world_.now, sim::upcoming(world_).at));
    if (time > clock_) {
      const bool before_another = sim::upcoming(world_).at == time;
      Statement& place = add(before_another ? Statement::Kind::AtPlace : Statement::Kind::AtTime);
      place.time = time;
      place.count = number;
    } else if (world_.events > from) {
      add(Statement::Kind::AtEvent).count = number;
    }
    clock_ = time;
  }

  /// What the player would stop at, if the head did not allow it.
  void observe() {
    const std::size_t known = oracles_.violations().size();
    oracles_.observe(world_, event_);
    for (std::size_t i = known; i < oracles_.violations().size(); ++i) {
      const check::Violation& violation = oracles_.violations()[i];
      if (oracles_.counts(violation)) broken_[static_cast<std::size_t>(violation.property)] = true;
    }
    if (options_.trail && world_.events % trail_.every == 0) trail_.signs += trail_sign(world_);
  }

  HeadLine& head(HeadLine::Kind kind) {
    walkthrough_.head.emplace_back().kind = kind;
    return walkthrough_.head.back();
  }

  void write_head(const Names& names) {
    walkthrough_.file = "session.walk";
    walkthrough_.config = recording_.config;
    walkthrough_.names = names;
    write_texts(HeadLine::Kind::Title, options_.titles, walkthrough_.titles);
    write_texts(HeadLine::Kind::About, options_.abouts, walkthrough_.abouts);
    head(HeadLine::Kind::Cluster).names = recording_.config.node_names;
    if (!recording_.config.learner_names.empty()) head(HeadLine::Kind::Learners).names = recording_.config.learner_names;
    if (recording_.config.seed != sim::ClusterConfig{}.seed) head(HeadLine::Kind::Seed).seed = recording_.config.seed;
    write_settings();
    write_links();
    for (const sim::NodeClock& clock : recording_.config.clocks) {
      head(HeadLine::Kind::Set).setting = sim::SetClock{clock.node, clock.rate};
    }
    write_given();
    for (std::size_t i = 0; i < broken_.size(); ++i) {
      if (!broken_[i]) continue;
      const auto property = static_cast<check::Property>(i);
      head(HeadLine::Kind::AllowViolation).property = property;
      walkthrough_.allowed.push_back(property);
    }
  }

  void write_texts(HeadLine::Kind kind, const Texts& texts, Texts& all) {
    for (const LocalText& text : texts) head(kind).text = text;
    all = texts;
  }

  /// A setting may turn others on (`reads`): it is said first, and they are said where they differ after that.
  void write_settings() {
    sim::Settings said;
    const auto say = [&](sim::Setting setting) {
      const sim::SettingValue wanted = value_of(recording_.config.settings, setting);
      if (value_of(said, setting) == wanted) return;
      head(HeadLine::Kind::Set).setting = sim::ChangeSetting{setting, wanted};
      assign(said, setting, wanted);
    };
    say(sim::Setting::Reads);
    for (const sim::SettingInfo& info : sim::setting_table) say(info.setting);
    for (const RuleInfo& info : rule_table) {
      if (recording_.config.settings.core.rules.on(info.rule)) continue;
      head(HeadLine::Kind::Set).setting = sim::ChangeRule{info.rule, false};
    }
  }

  void write_links() {
    for (const sim::LinkSettings& link : recording_.config.settings.links) {
      for (const sim::SettingInfo& info : sim::setting_table) {
        const std::optional<sim::SettingValue> own = own_value(link, info.setting);
        if (!own) continue;
        head(HeadLine::Kind::Set).setting =
            sim::ChangeLink{info.setting, link.from, link.to, sim::Direction::OneWay, own};
      }
    }
  }

  void write_given() {
    const auto& given = recording_.config.given;
    if (given.empty()) return;
    std::vector<Diagnostic> doubts;
    ErrorList errors("", 1, doubts);
    check_given(walkthrough_, std::vector<Place>(given.size()), errors);
    if (errors.any()) head(HeadLine::Kind::Impossible).on = true;
    for (const sim::GivenNode& node : given) head(HeadLine::Kind::Given).given = node;
  }

  void write_end() {
    for (const std::string& condition : options_.expect) {
      auto read = parse_condition(condition, walkthrough_.names);
      auto* const typed = std::get_if<TypedCondition>(&read);
      assert(typed != nullptr);
      add(Statement::Kind::Expect).condition = std::move(typed->condition);
    }
    walkthrough_.saved = SavedHash{{}, sim::world_hash(world_), sim::engine_number, std::move(trail_)};
  }

  const Recording& recording_;
  const RecordOptions& options_;
  sim::World world_;
  check::Oracles oracles_;
  std::array<bool, check::property_table.size()> broken_{};
  sim::Event event_;
  sim::Time clock_ = 0;
  bool playing_ = true;
  Trail trail_;
  Walkthrough walkthrough_;
};

}  // namespace

Recording until_cursor(const sim::Timeline& run) {
  const std::span<const sim::Act> acts = run.acts();
  const auto later = std::find_if(acts.begin(), acts.end(), [&](const sim::Act& act) { return act.number > run.position(); });
  return {run.config(), {acts.begin(), later}, run.position(), run.clock()};
}

Names names_at_end(sim::Timeline run) {
  run.seek(run.end());
  return Names::of(run.world());
}

Walkthrough record(const Recording& recording, const RecordOptions& options) {
  return Recorder(recording, options).record();
}

std::string journal(const Recording& recording, const Names& names, std::span<const check::Property> broken,
                    const RecordOptions& options) {
  return write(Recorder(recording, options).journal(names, broken));
}

std::string journal_lines(const sim::Act& act, const Names& names) {
  return "  at event " + std::to_string(act.number - 1) + " at " + duration_text(act.at) + "\n  do " +
         command_text(act.what, names) + "\n";
}

std::vector<Chapter> chapters_from(std::span<const sim::Act> acts, RunPlace begins, const StepNames& names) {
  std::vector<Chapter> chapters;
  if (begins.event > 0 || begins.clock > 0) chapters.push_back({.name = names.before, .hidden = true});
  const auto later = std::find_if(acts.begin(), acts.end(), [&](const sim::Act& act) { return act.number > begins.event; });
  chapters.push_back({.first_act = static_cast<std::size_t>(later - acts.begin()), .name = names.session, .begins = begins});
  if (chapters.size() == 1) chapters[0].begins.reset();
  return chapters;
}

Walkthrough record(const sim::Timeline& timeline, const RecordOptions& options) {
  const bool at_end = timeline.position() == timeline.end();
  const sim::Time clock = at_end ? timeline.clock() : timeline.record(timeline.end()).at;
  return record({timeline.config(), timeline.acts(), timeline.end(), clock}, options);
}

}  // namespace raft::walkthrough
