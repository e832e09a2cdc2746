// A disk that is full: a small one of its own where one may be mounted (root), else no file can grow in this process.
#pragma once

#include <sys/mount.h>
#include <sys/resource.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>

namespace app::test {

class SmallDisk {
 public:
  /// An empty disk of 64 KiB at `folder`, which exists.
  explicit SmallDisk(const std::filesystem::path& folder) : folder_(folder) {
    is_real_ = ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=64k") == 0;
    const std::string what = is_real_ ? "a tmpfs of 64 KiB" : "a limit on the size of files, for none can be mounted here";
    MESSAGE("the full disk is " << what);
  }
  ~SmallDisk() {
    make_room();
    if (is_real_) ::umount2(folder_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool is_real() const { return is_real_; }
  std::string folder() const { return folder_.string(); }
  void fill() {
    if (!is_real_) return limit(0);
    std::ofstream file(filler(), std::ios::app);
    const std::string block(4096, 'x');
    while (file << block << std::flush) {
    }
  }
  void make_room() {
    std::error_code code;
    std::filesystem::remove(filler(), code);
    if (!is_real_) limit(RLIM_INFINITY);
  }
  /// What the system says of it.
  std::string why() const { return is_real_ ? "no space left on device" : "file too large"; }

 private:
  std::string filler() const { return folder() + "/filler"; }
  static void limit(rlim_t bytes) {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit now{};
    ::getrlimit(RLIMIT_FSIZE, &now);
    now.rlim_cur = std::min(bytes, now.rlim_max);
    ::setrlimit(RLIMIT_FSIZE, &now);
  }

  std::filesystem::path folder_;
  bool is_real_ = false;
};

}  // namespace app::test
