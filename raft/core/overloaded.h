// Several lambdas as one visitor for std::visit.
#pragma once

namespace raft {

template <typename... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};
// clang++ 14 does not deduce it by itself.
template <typename... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

}  // namespace raft
