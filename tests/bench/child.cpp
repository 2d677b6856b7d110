#include "child.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <stdexcept>

namespace bench {
namespace {

[[noreturn]] void become(std::vector<std::string> words, int output) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  close(output);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

double seconds_of(const timeval& time) {
  return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

std::string read_all(int from) {
  std::string text;
  std::array<char, 4096> part;
  for (ssize_t size = 0; (size = read(from, part.data(), part.size())) > 0;)
    text.append(part.data(), static_cast<std::size_t>(size));
  return text;
}

}  // namespace

Child run_child(const std::vector<std::string>& words) {
  std::array<int, 2> pipe_ends;
  if (pipe(pipe_ends.data()) != 0) throw std::runtime_error("no pipe");
  const auto begin = std::chrono::steady_clock::now();
  const pid_t pid = fork();
  if (pid < 0) throw std::runtime_error("no process");
  if (pid == 0) {
    close(pipe_ends[0]);
    become(words, pipe_ends[1]);
  }
  close(pipe_ends[1]);
  Child child;
  child.text = read_all(pipe_ends[0]);
  close(pipe_ends[0]);
  int status = 0;
  rusage usage{};
  wait4(pid, &status, 0, &usage);
  child.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  child.processor_seconds = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  child.succeeded = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  return child;
}

}  // namespace bench
