// The table of reasons, compiled from the list in reason.h. Sentences are made elsewhere, in raft/explain.
#include "raft/core/reason.h"

namespace raft {

namespace {

constexpr OperandKind operand_kind(std::string_view name) {
  constexpr std::array<std::string_view, 8> names = {"node",  "term",   "index", "entry",
                                                         "count", "client", "role",  "time"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) return static_cast<OperandKind>(i);
  }
  throw "unknown kind of operand";  // reached only while compiling the table: an error there
}

constexpr ReasonInfo make_info(ReasonCode code, const char* name, const char* section, std::string_view operands) {
  ReasonInfo info{code, name, section, {}, 0};
  while (!operands.empty()) {
    const std::size_t end = std::min(operands.find(' '), operands.size());
    const std::string_view operand = operands.substr(0, end);
    const std::size_t colon = operand.find(':');
    info.operands[info.operand_count++] = {operand_kind(operand.substr(0, colon)), operand.substr(colon + 1)};
    operands.remove_prefix(std::min(end + 1, operands.size()));
  }
  return info;
}

constexpr std::array<ReasonInfo, reason_count> reason_table = {
#define RAFT_REASON_ROW(enumerator, name, section, operands) \
  make_info(ReasonCode::enumerator, name, section, operands),
    RAFT_REASONS(RAFT_REASON_ROW)
#undef RAFT_REASON_ROW
};

}  // namespace

const ReasonInfo& reason_info(ReasonCode code) { return reason_table[static_cast<std::size_t>(code)]; }

std::optional<ReasonCode> reason_from_name(std::string_view name) {
  for (const ReasonInfo& info : reason_table) {
    if (name == info.name) return info.code;
  }
  return std::nullopt;
}

}  // namespace raft
