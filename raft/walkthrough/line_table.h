// The lines of a walkthrough: with which word each begins, how it goes on, what it is for. What the parser takes for such
// a word, and what `raftlab help language` prints.
#pragma once

#include <array>
#include <string>
#include <vector>

namespace raft::walkthrough {

struct LineInfo {
  const char* word;    // a word may have several rows, for each form of its line
  const char* syntax;
  const char* says;
};

inline constexpr auto head_table = std::to_array<LineInfo>({
    {"walkthrough", "1", "the first line"},
    {"title", "LANG: TEXT", "its name; LANG is en or zh"},
    {"about", "LANG: TEXT", "what one will be able to explain afterwards"},
    {"goal", "LANG: TEXT", "makes it an assignment: what is to be reached"},
    {"cluster", "A B C", "the nodes that vote"},
    {"learners", "F G", "nodes without a vote, 16 nodes in all"},
    {"seed", "7", "default 1"},
    {"set", "NAME VALUE", "see below; also set latency A -> B …, set clock A 11/10"},
    {"set", "rule NAME on|off", "see below"},
    {"set", "impossible on", "allows given states that Raft never reaches"},
    {"include", "FILE", "head lines from a file in this folder or below it"},
    {"given", "A term 2 vote none commit 1 log 1:x=1 2:sally [down]", "a node's state at the start"},
    {"allow", "violation \"Election Safety\"", "the story breaks that property; it fails if it does not"},
    {"allow", "do write timeout [at most 3]", "of an assignment: what a session may do, and how often in all"},
});

inline constexpr auto step_table = std::to_array<LineInfo>({
    {"step", "\"Name\"", "begins a step"},
    {"say", "LANG: TEXT", "its caption"},
    {"note", "LANG: TEXT", "words for the speaker"},
    {"focus", "A B", "what to look at"},
    {"pace", "1/20", "how fast"},
    {"hide", "", "this step is played and not shown"},
    {"do", "COMMAND", "acts now"},
    {"until", "CONDITION within DURATION", "advances event by event until it holds"},
    {"for", "DURATION", "advances by that much"},
    {"events", "N", "advances by so many events"},
    {"settle", "[within DURATION]", "until the cluster is at rest (10s)"},
    {"at", "182.5ms", "advances to that time; do or expect may follow on the line"},
    {"at", "event 41", "advances to the place after that event"},
    {"at", "event 41 at 182.5ms", "that time after event 41, before event 42: as recordings write it"},
    {"expect", "CONDITION", "must hold now"},
    {"ask", "LANG: TEXT", "a question, and below it one of"},
    {"answer", "CONDITION within DURATION", "yes or no"},
    {"answer", "which n: CONDITION within DURATION", "the nodes for which it first holds"},
    {"option", "LANG: TEXT when CONDITION within DURATION", "two or more"},
    {"hash", "0x… engine N", "the end of a saved session"},
});

/// The words of a table, each once.
template <std::size_t Rows>
std::vector<std::string> words_of(const std::array<LineInfo, Rows>& table) {
  std::vector<std::string> words;
  for (const LineInfo& info : table) {
    if (words.empty() || words.back() != info.word) words.emplace_back(info.word);
  }
  return words;
}

}  // namespace raft::walkthrough
