// Off-screen drawing in a build without EGL: it says so.
#include "app/platform.h"

namespace app {

struct OffscreenRenderer::Impl {};

std::optional<OffscreenRenderer> OffscreenRenderer::open(int, int, float, std::string* why_not,
                                                         int) {
  if (why_not) *why_not = "this build cannot draw off screen (EGL was missing)";
  return std::nullopt;
}

OffscreenRenderer::OffscreenRenderer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
OffscreenRenderer::OffscreenRenderer(OffscreenRenderer&&) noexcept = default;
OffscreenRenderer& OffscreenRenderer::operator=(OffscreenRenderer&&) noexcept = default;
OffscreenRenderer::~OffscreenRenderer() = default;
NextFrame OffscreenRenderer::draw(const Screen&, const OffscreenInput&, std::vector<std::uint8_t>&) {
  return NextFrame::Close;
}
std::vector<std::uint8_t> OffscreenRenderer::draw(const Screen&, const OffscreenInput&) {
  return {};
}
int OffscreenRenderer::width_px() const { return 0; }
int OffscreenRenderer::height_px() const { return 0; }
double OffscreenRenderer::seconds_in_opengl() const { return 0; }

}  // namespace app
