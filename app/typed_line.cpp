// Told apart by the first word, or a question mark at the end.
#include "app/typed_line.h"

#include <utility>

namespace app {

using raft::walkthrough::LineKind;

TypedLine typed_of(const std::string& text) {
  TypedLine typed{.prefix = {}, .rest = text};
  for (const auto& [word, kind] : {std::pair{"until ", LineKind::Until}, {"back until ", LineKind::Until}, {"is ", LineKind::Condition}}) {
    if (!text.starts_with(word)) continue;
    typed.kind = kind;
    typed.prefix = word;
    typed.rest = text.substr(typed.prefix.size());
  }
  // "role A = leader ?" asks the same as "is role A = leader".
  if (!typed.rest.empty() && typed.rest.back() == '?') {
    typed.rest.pop_back();
    typed.kind = LineKind::Condition;
    typed.prefix = "is ";
  }
  typed.question = typed.kind == LineKind::Condition;
  return typed;
}

}  // namespace app
