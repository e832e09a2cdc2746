// The shipped texts are complete, the same in both languages, and short enough.
#include "tests/explain/texts.h"

#include <algorithm>
#include <filesystem>
#include <map>

#include "raft/check/safety.h"
#include "raft/core/rules.h"
#include "raft/sim/client.h"
#include "raft/sim/cluster_config.h"

namespace raft::test {

namespace {

void check_in_both(const std::string& key) {
  CAPTURE(key);
  CHECK(english().has(key));
  CHECK(chinese().has(key));
}

std::vector<const ReasonInfo*> reasons() {
  std::vector<const ReasonInfo*> all;
  for (std::size_t i = 0; i < reason_count; ++i) all.push_back(&reason_info(static_cast<ReasonCode>(i)));
  return all;
}

/// "reason.granted_vote" of "reason.granted_vote.rule_off"
std::string without_variant(const std::string& key) {
  for (const std::string_view variant : {".none", ".self", ".rule_off", ".received", ".higher_term", ".apart"}) {
    if (key.ends_with(variant)) return key.substr(0, key.size() - variant.size());
  }
  return key;
}

constexpr const char* key_characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";

/// The sources that may show texts, relative to the root.
std::vector<std::string> sources() {
  std::vector<std::string> found;
  for (const char* folder : {"ui", "app", "raft"}) {
    const std::filesystem::path root = std::filesystem::path(source_dir()) / folder;
    for (const auto& file : std::filesystem::recursive_directory_iterator(root)) {
      const std::string extension = file.path().extension().string();
      if (extension != ".cpp" && extension != ".h") continue;
      found.push_back(std::filesystem::relative(file.path(), source_dir()).string());
    }
  }
  return found;
}

/// What stands between quotes, line by line, comments left out.
std::vector<std::string> literals(const std::string& source) {
  std::vector<std::string> found;
  std::istringstream lines(source);
  for (std::string line; std::getline(lines, line);) {
    line.erase(std::min(line.size(), line.find("// ")));
    if (line.find("#include") != std::string::npos) continue;
    std::size_t open = line.find('"');
    while (open != std::string::npos) {
      const std::size_t close = line.find('"', open + 1);
      if (close == std::string::npos) break;
      found.push_back(line.substr(open + 1, close - open - 1));
      open = line.find('"', close + 1);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("both languages have the same keys") { CHECK(english().keys() == chinese().keys()); }

TEST_CASE("both languages put in the same facts") {
  for (const std::string& key : english().keys()) {
    CAPTURE(key);
    CHECK(values(english().text(key)) == values(chinese().text(key)));
    CHECK(placeholders(chinese().text(key)) == values(chinese().text(key)));  // Chinese chooses no plural
  }
}

TEST_CASE("every reason has a sentence, with its own operands and no others") {
  for (const ReasonInfo* info : reasons()) check_in_both(std::string("reason.") + info->name);
  std::map<std::string, std::set<std::string>> allowed;
  for (const ReasonInfo* info : reasons()) {
    std::set<std::string>& names = allowed[std::string("reason.") + info->name];
    names.insert("self");
    for (std::size_t i = 0; i < info->operand_count; ++i) {
      names.emplace(info->operands[i].name);
      const OperandKind kind = info->operands[i].kind;
      const bool is_number = kind == OperandKind::Count || kind == OperandKind::LogIndex;
      if (is_number) names.insert(std::string(info->operands[i].name) + "|");
      if (info->operands[i].name == "first") names.insert("range");
    }
  }
  for (const std::string& key : english().keys()) {
    if (!key.starts_with("reason.")) continue;
    CAPTURE(key);
    const auto known = allowed.find(without_variant(key));
    REQUIRE(known != allowed.end());  // a text for a reason that is gone
    for (const std::string& name : placeholders(english().text(key))) {
      CAPTURE(name);
      CHECK(known->second.count(name) == 1);
    }
  }
}

TEST_CASE("every kind of event, message, rule, setting, property and status has its text") {
  for (const auto& info : rule_table) {
    check_in_both(std::string("rule.") + info.name);
    check_in_both(std::string("rule_off.") + info.name);
    check_in_both(std::string("paper_rule.") + info.name);
  }
  for (const auto& info : sim::setting_table) {
    check_in_both(std::string("setting.") + info.name);
    check_in_both(std::string("setting_about.") + info.name);
  }
  for (std::size_t i = 0; i < message_type_count; ++i) {
    const std::string name = message_type_name(static_cast<MessageType>(i));
    check_in_both("message.name." + name);
    check_in_both("message.about." + name);
  }
  for (const Role role : {Role::Follower, Role::Candidate, Role::Leader, Role::PreCandidate}) {
    check_in_both(std::string("role.") + role_name(role));
    check_in_both(std::string("role_about.") + role_name(role));
  }
  for (const char* property : {"election_safety", "leader_append_only", "log_matching", "leader_completeness",
                               "state_machine_safety"}) {
    check_in_both(std::string("glossary.") + property);
  }
  for (const raft::check::PropertyInfo& info : raft::check::property_table) {
    std::string property = info.name;
    for (char& c : property) c = c == ' ' || c == '-' ? '_' : static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    check_in_both("property." + property);
    check_in_both("property_about." + property);
  }
  for (int i = 0; i <= static_cast<int>(sim::ClientStatus::Expired); ++i) {
    check_in_both(std::string("client_status.") + sim::client_status_name(static_cast<sim::ClientStatus>(i)));
  }
}

TEST_CASE("the texts for rules and settings speak of nothing that is gone") {
  for (const std::string& key : english().keys()) {
    CAPTURE(key);
    if (key.starts_with("rule.")) CHECK(rule_from_name(key.substr(5)).has_value());
    if (key.starts_with("rule_off.")) CHECK(rule_from_name(key.substr(9)).has_value());
    if (key.starts_with("message.name.") && key != "message.name.Heartbeat") {
      CHECK(message_type_from_name(key.substr(13)).has_value());
    }
  }
}

TEST_CASE("texts are short enough to be read at a glance") {
  for (const explain::Words* words : both_languages()) {
    const bool is_chinese = words->language() == explain::Language::Chinese;
    for (const std::string& key : words->keys()) {
      CAPTURE(key);
      const std::size_t length = characters(words->text(key));
      CHECK((length > 0 || key == "phrase.next_sentence"));
      if (key.starts_with("reason.")) CHECK(length <= (is_chinese ? 70U : 125U));  // placeholders included
      if (key.starts_with("ui.") && key.find("hint") == std::string::npos) CHECK(length <= 75);
      if (key.starts_with("glossary.")) CHECK(length <= 110);
      if (key.starts_with("why.")) CHECK(length <= 220);
      // A row of what happens next has room for no more; a message there has a label of its own.
      const bool says_why_none = key == "upcoming.nothing" || key == "upcoming.full";
      const bool is_row = key.starts_with("upcoming.") && key != "upcoming.message" && !says_why_none;
      if (is_row) CHECK(length <= (is_chinese ? 28U : 42U));  // placeholders included
    }
  }
}

TEST_CASE("English and Chinese use their own punctuation") {
  for (const std::string& key : english().keys()) {
    CAPTURE(key);
    CHECK(english().text(key).find("，") == std::string::npos);
    CHECK(english().text(key).find("。") == std::string::npos);
    const std::string& text = chinese().text(key);
    CAPTURE(text);
    CHECK(text.find(", ") == std::string::npos);
    CHECK(text.find(". ") == std::string::npos);
    CHECK((text.back() != '.' && text.back() != ':' && text.back() != ','));
    CHECK(text.find("（ ") == std::string::npos);
    CHECK(text.find(" ，") == std::string::npos);
    CHECK(text.find("， ") == std::string::npos);
    CHECK(text.find("。 ") == std::string::npos);
  }
}

TEST_CASE("a sentence ends as a sentence") {
  for (const std::string& key : english().keys()) {
    const bool is_sentence = key.starts_with("reason.") || key.starts_with("why.") || key.starts_with("upcoming.") ||
                             key.starts_with("glossary.") || key.starts_with("property_about.") ||
                             (key.starts_with("rule") && !key.starts_with("ui."));
    if (!is_sentence) continue;
    CAPTURE(key);
    CHECK(english().text(key).ends_with("."));
    CHECK(chinese().text(key).ends_with("。"));
  }
}

TEST_CASE("every text that the program asks for by name is there") {
  // A literal in the sources such as "ui.play" is a key if a table of that name exists, or if it is asked for with
  // text("…") or fill("…"); one that ends in a dot or an underscore is the beginning of a key, and some text must
  // begin with it.
  std::set<std::string> tables;
  for (const std::string& key : english().keys()) tables.insert(key.substr(0, key.find('.')));
  std::size_t found = 0;
  for (const std::string& path : sources()) {
    const std::string source = read_source(path);
    for (const std::string& literal : literals(source)) {
      const std::size_t dot = literal.find('.');
      const bool could_be = dot != std::string::npos && dot > 0 &&
                            literal.find_first_not_of(key_characters) == std::string::npos;
      if (!could_be) continue;
      const bool asked_for = source.find("text(\"" + literal + "\"") != std::string::npos ||
                             source.find("fill(\"" + literal + "\"") != std::string::npos;
      if (!asked_for && tables.count(literal.substr(0, dot)) == 0) continue;
      const std::string place = path + ": " + literal;
      CAPTURE(place);
      ++found;
      bool exists = english().has(literal);
      if (literal.ends_with(".") || literal.ends_with("_")) {
        for (const std::string& known : english().keys()) exists = exists || known.starts_with(literal);
      }
      CHECK(exists);
    }
  }
  CHECK(found > 100);
}

}  // namespace raft::test
