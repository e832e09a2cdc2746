// The program. Everything is in cli.cpp, so that tests can call it.
#include "app/cli.h"

int main(int argc, char** argv) { return app::run_command_line(argc, argv); }
