// A film as a file: mp4, webm or gif, made by the program ffmpeg from raw frames. Where the frames come from is not
// known here.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "app/files.h"
#include "app/video_process.h"

namespace app {

enum class VideoFormat { Mp4, Webm, Gif };

/// By the ending of the name.
std::optional<VideoFormat> video_format_of(const std::string& path);

struct VideoOptions {
  std::string path;
  VideoFormat format = VideoFormat::Mp4;
  int width = 0;
  int height = 0;
  int frames_per_second = 30;
  /// The first so many frames are not shown: a gif takes its 256 colours from them.
  int palette_frames = 0;
};

/// The file appears under its name with commit(); until then there is only a temporary one beside it.
class VideoFile {
 public:
  /// Each gives "" or one line that says what is wrong.
  [[nodiscard]] std::string open(const VideoOptions& options);
  /// RGBA, top row first; alpha is ignored. Cancelled by interrupted(), which is no error.
  [[nodiscard]] std::string write(std::span<const std::uint8_t> rgba);
  [[nodiscard]] std::string commit();

 private:
  std::string complaint();
  std::error_code why_unwritten() const;

  std::string path_;
  AtomicFile file_;
  VideoProcess ffmpeg_;  // ends before the file is taken away
};

}  // namespace app
