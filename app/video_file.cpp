// What ffmpeg is told. Everything that would differ between two runs (versions and dates in the file) is left out.
#include "app/video_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <vector>

#include "app/interrupt.h"

namespace app {

namespace {

using Words = std::vector<std::string>;

void add(Words& words, std::initializer_list<const char*> more) { words.insert(words.end(), more.begin(), more.end()); }

/// Screens are BT.709 and players want 4:2:0. A drawing has hard edges: quality before size.
void add_film(Words& words) {
  add(words, {"-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", "-colorspace", "bt709",
              "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"});
}

void add_format(Words& words, const VideoOptions& options) {
  switch (options.format) {
    case VideoFormat::Mp4:
      add_film(words);
      add(words, {"-c:v", "libx264", "-preset", "veryfast", "-tune", "animation", "-crf", "18", "-movflags",
                  "+faststart", "-f", "mp4"});
      break;
    case VideoFormat::Webm:
      add_film(words);
      add(words, {"-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "7", "-row-mt", "1", "-threads", "4",
                  "-b:v", "0", "-crf", "24", "-f", "webm"});
      break;
    case VideoFormat::Gif:
      // One palette for the whole film, so that nothing flickers, and no dithering, which would crawl.
      words.emplace_back("-filter_complex");
      words.push_back(fmt::format("split[first][rest];[first]trim=end_frame={0},palettegen[palette];"
                                  "[rest]trim=start_frame={0},setpts=PTS-STARTPTS[film];"
                                  "[film][palette]paletteuse=dither=none:diff_mode=rectangle",
                                  options.palette_frames));
      add(words, {"-f", "gif"});
      break;
  }
}

Words command_for(const VideoOptions& options, const std::string& file) {
  Words words{"ffmpeg"};
  add(words, {"-v", "error", "-xerror", "-nostdin", "-f", "rawvideo", "-pixel_format", "rgb0", "-video_size"});
  words.push_back(fmt::format("{}x{}", options.width, options.height));
  words.emplace_back("-framerate");
  words.push_back(std::to_string(options.frames_per_second));
  add(words, {"-i", "pipe:0"});
  add_format(words, options);
  add(words, {"-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1", "-y"});
  words.push_back("file:" + file);
  return words;
}

}  // namespace

std::optional<VideoFormat> video_format_of(const std::string& path) {
  if (path.ends_with(".mp4")) return VideoFormat::Mp4;
  if (path.ends_with(".webm")) return VideoFormat::Webm;
  if (path.ends_with(".gif")) return VideoFormat::Gif;
  return std::nullopt;
}

std::string VideoFile::open(const VideoOptions& options) {
  path_ = options.path;
  if (std::string error = file_.open(path_); !error.empty()) return error;
  switch (ffmpeg_.start(command_for(options, file_.written_to()))) {
    case VideoProcess::Started::Yes: return "";
    case VideoProcess::Started::NotFound:
      return path_ + ": films are made by the program ffmpeg, and there is none on the PATH; install it, or draw "
                     "pictures with -o FOLDER";
    case VideoProcess::Started::Failed: break;
  }
  return path_ + ": the program ffmpeg cannot be started";
}

std::string VideoFile::write(std::span<const std::uint8_t> rgba) {
  return ffmpeg_.write(rgba) || interrupted() ? "" : complaint();
}

std::string VideoFile::commit() {
  // ffmpeg may say that the disk is full and still end as if all were well.
  const bool well = ffmpeg_.finish() && ffmpeg_.last_line().empty();
  if (!well) return interrupted() ? "" : complaint();
  return file_.commit();
}

/// A disk that is full is often not the last thing that ffmpeg speaks of, and sometimes it does not speak of it at all.
std::error_code VideoFile::why_unwritten() const {
  for (const int error : {ENOSPC, EDQUOT, EFBIG}) {
    const std::error_code why(error, std::generic_category());
    if (ffmpeg_.has_said(why.message())) return why;
  }
  return file_.no_room();
}

std::string VideoFile::complaint() {
  ffmpeg_.finish();  // what it says last is why
  if (const std::error_code unwritten = why_unwritten()) return cannot_write(path_, unwritten);
  const std::string why = ffmpeg_.last_line();
  return path_ + ": ffmpeg: " + (why.empty() ? "ended without saying why" : why);
}

}  // namespace app
