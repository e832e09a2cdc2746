// The source's half of XDND, version 5: enter, position, drop, the file's address when it is asked for, finished.
#include "tests/window/drop.h"

#include <X11/Xatom.h>
#include <X11/Xlib.h>

#include <array>
#include <functional>
#include <memory>

#include "tests/window/process.h"

namespace window_test {

namespace {

constexpr long version = 5;

class Source {
 public:
  explicit Source(const std::string& display) : display_(XOpenDisplay(display.c_str()), XCloseDisplay) {
    if (!opened()) return;
    root_ = DefaultRootWindow(display_.get());
    own_ = XCreateSimpleWindow(display_.get(), root_, 0, 0, 1, 1, 0, 0, 0);
    target_ = find_target();
  }
  bool opened() const { return display_ != nullptr; }
  bool has_target() const { return target_ != None; }

  void tell(const char* what, const std::array<long, 4>& rest) {
    XEvent event{};
    event.xclient.type = ClientMessage;
    event.xclient.window = target_;
    event.xclient.message_type = atom(what);
    event.xclient.format = 32;
    event.xclient.data.l[0] = static_cast<long>(own_);
    for (std::size_t i = 0; i < rest.size(); ++i) event.xclient.data.l[i + 1] = rest[i];
    XSendEvent(display_.get(), target_, False, NoEventMask, &event);
    XFlush(display_.get());
  }
  void enter() {
    XSetSelectionOwner(display_.get(), atom("XdndSelection"), own_, CurrentTime);
    tell("XdndEnter", {version << 24U, static_cast<long>(atom("text/uri-list")), None, None});
  }
  void stand_where_the_mouse_is() {
    Window root = None;
    Window child = None;
    int x = 0;
    int y = 0;
    int unused = 0;
    unsigned mask = 0;
    XQueryPointer(display_.get(), root_, &root, &child, &x, &y, &unused, &unused, &mask);
    tell("XdndPosition", {0, static_cast<long>(x) << 16U | y, CurrentTime, static_cast<long>(atom("XdndActionCopy"))});
  }

  /// The next event that is wanted; false: it does not come in time.
  bool wait(const std::function<bool(const XEvent&)>& wanted) {
    const double give_up_at = seconds_now() + deadline_s;
    while (seconds_now() < give_up_at) {
      while (XPending(display_.get()) > 0) {
        XEvent event{};
        XNextEvent(display_.get(), &event);
        if (wanted(event)) return true;
      }
      pause_between_looks();
    }
    return false;
  }
  bool is_told(const char* what, const std::function<bool(const XClientMessageEvent&)>& wanted) {
    return wait([&](const XEvent& event) {
      return event.type == ClientMessage && event.xclient.message_type == atom(what) && wanted(event.xclient);
    });
  }
  bool hands_over(const std::string& text) {
    return wait([&](const XEvent& event) {
      if (event.type != SelectionRequest) return false;
      const XSelectionRequestEvent& request = event.xselectionrequest;
      XChangeProperty(display_.get(), request.requestor, request.property, request.target, 8, PropModeReplace,
                      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
      XEvent answer{};
      answer.xselection.type = SelectionNotify;
      answer.xselection.requestor = request.requestor;
      answer.xselection.selection = request.selection;
      answer.xselection.target = request.target;
      answer.xselection.property = request.property;
      answer.xselection.time = request.time;
      XSendEvent(display_.get(), request.requestor, False, NoEventMask, &answer);
      XFlush(display_.get());
      return true;
    });
  }

 private:
  Atom atom(const char* name) { return XInternAtom(display_.get(), name, False); }

  bool accepts_files(Window window) {
    Atom type = None;
    int format = 0;
    unsigned long count = 0;
    unsigned long left = 0;
    unsigned char* value = nullptr;
    XGetWindowProperty(display_.get(), window, atom("XdndAware"), 0, 1, False, XA_ATOM, &type, &format, &count, &left, &value);
    if (value != nullptr) XFree(value);
    return type == XA_ATOM && count > 0;
  }
  /// No window manager is there, which would put a frame around it.
  Window find_target() {
    Window root = None;
    Window parent = None;
    Window* all = nullptr;
    unsigned count = 0;
    XQueryTree(display_.get(), root_, &root, &parent, &all, &count);
    Window found = None;
    for (unsigned i = 0; i < count; ++i) {
      if (accepts_files(all[i])) found = all[i];
    }
    if (all != nullptr) XFree(all);
    return found;
  }

  std::unique_ptr<::Display, int (*)(::Display*)> display_;
  Window root_ = None;
  Window own_ = None;
  Window target_ = None;
};

}  // namespace

std::string drop_file(const std::string& display, const std::string& path) {
  Source source(display);
  if (!source.opened()) return "the display cannot be opened";
  if (!source.has_target()) return "no window accepts files";
  source.enter();
  source.stand_where_the_mouse_is();
  const auto accepts = [](const XClientMessageEvent& status) { return (status.data.l[1] & 1) != 0; };
  if (!source.is_told("XdndStatus", accepts)) return "the window does not accept it there";
  source.tell("XdndDrop", {0, CurrentTime, 0, 0});
  if (!source.hands_over("file://" + path + "\r\n")) return "the window does not ask for the file";
  const auto any = [](const XClientMessageEvent&) { return true; };  // GLFW 3.3 says there how many bytes it has read
  return source.is_told("XdndFinished", any) ? "" : "the window does not say that it has taken it";
}

}  // namespace window_test
