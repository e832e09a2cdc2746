// Folders that take nothing, also from root: whoever is not bound by the permissions of a folder gives that right up.
#pragma once

#include <linux/capability.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <string>

#include <doctest/doctest.h>

namespace app::test {

/// In front of a call in the shell.
inline std::string bound_by_permissions() {
  return geteuid() == 0 ? "setpriv --bounding-set=-dac_override,-dac_read_search " : "";
}

/// This process, while there is one of these.
class BoundByPermissions {
 public:
  BoundByPermissions() {
    REQUIRE(syscall(SYS_capget, &header_, before_.data()) == 0);
    std::array<__user_cap_data_struct, 2> bound = before_;
    bound[0].effective &= ~(1U << CAP_DAC_OVERRIDE | 1U << CAP_DAC_READ_SEARCH);
    REQUIRE(syscall(SYS_capset, &header_, bound.data()) == 0);
  }
  ~BoundByPermissions() { syscall(SYS_capset, &header_, before_.data()); }
  BoundByPermissions(const BoundByPermissions&) = delete;
  BoundByPermissions& operator=(const BoundByPermissions&) = delete;

 private:
  __user_cap_header_struct header_{_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, 2> before_{};
};

}  // namespace app::test
