// Posts: the desks of a command, their queues and the windows in which they are down. A decision that is
// under way when a post goes down is finished; none begins before the post is up again.
#include <algorithm>
#include <cmath>
#include <tuple>

#include "replication/state.hpp"

namespace dronewall {

namespace {

constexpr double never = EventQueue::never;

std::int64_t microseconds(double seconds) { return std::llround(seconds * 1e6); }

/// The first moment from t on at which nothing is down.
double up_from(const std::vector<Span>& down, double t) {
  for (const Span& span : down)
    if (span.begin <= t && t < span.end) t = span.end;
  return t;
}

}  // namespace

/// Windows in which the posts of each command are down in this replication.
void Replication::State::draw_down_times() {
  for (std::size_t p = 0; p < posts.size(); ++p) {
    const Command& command = world.command.commands[world.command.posts[p].command];
    PostState& post = posts[p];
    post.busy = 0;
    post.queue.clear();
    post.down = command.down;
    if (!command.fails) continue;
    alternate({command.up_s, command.repair_s}, command.entity, spans);
    double up_until_s = 0;
    for (const Span& up : spans) {
      if (up.begin > up_until_s) post.down.push_back({up_until_s, up.begin});
      up_until_s = up.end;
    }
    merge_spans(post.down);
  }
}

/// A time drawn at each use for a command and an intruder.
double Replication::State::time_at_post(const Drawn& drawn, const TrackFile& file, std::uint32_t command,
                                        Purpose purpose, std::uint32_t index) const {
  const Intruder& intruder = intruders[file.intruder];
  const CommandWorld& all = world.command;
  Sharers sharers = sharers_of(raid_states[intruder.raid_state]);
  sharers.unit = all.commands[command].entity;
  const Address own{all.attack_command[intruder.attack * all.commands.size() + command], intruder.occurrence,
                    draw_number(intruder)};
  return std::max(0.0, drawn_value(drawn, draws, own, purpose, index, sharers));
}

/// Brings what is asked for into line with what the rulings of a track wait for.
void Replication::State::ask_and_withdraw(TrackFile& file) {
  const CommandWorld& command = world.command;
  const auto& authorities = command.authorities_of[file.network];
  const auto is_wanted = [&](const DecisionRequest& request) {
    for (std::size_t place = 0; place < authorities.size(); ++place)
      if (command.authorities[authorities[place]].command == request.command &&
          file.rulings[place].asked == request.rule)
        return true;
    return false;
  };
  for (std::size_t i = 0; i < file.requests.size();) {
    if (is_wanted(file.requests[i])) {
      ++i;
      continue;
    }
    const DecisionRequest gone = file.requests[i];
    file.requests.erase(file.requests.begin() + static_cast<std::ptrdiff_t>(i));
    withdraw(file, gone);
  }
  for (std::size_t place = 0; place < authorities.size(); ++place)
    if (file.rulings[place].asked != no_index)
      ask(file, command.authorities[authorities[place]].command, file.rulings[place].asked);
}

void Replication::State::ask(TrackFile& file, std::uint32_t command, std::uint32_t rule) {
  for (const DecisionRequest& request : file.requests)
    if (request.command == command && request.rule == rule) return;
  file.requests.push_back({command, rule, now});
  wait_for_desk(world.command.commands[command].post, file, rule);
}

void Replication::State::withdraw(TrackFile& file, const DecisionRequest& request) {
  const std::uint32_t post = world.command.commands[request.command].post;
  if (request.begun_s == never)
    leave_queue(post, file, request.rule);
  else
    free_desk(post, request.begun_s);
}

void Replication::State::wait_for_desk(std::uint32_t post, const TrackFile& file, std::uint32_t rule) {
  posts[post].queue.push_back({static_cast<std::uint32_t>(&file - files.data()), rule, now});
  trace_command("decision-queued", file, world.command.posts[post].command, rule);
  serve(post);
}

void Replication::State::leave_queue(std::uint32_t post, const TrackFile& file, std::uint32_t rule) {
  auto& waiting = posts[post].queue;
  const auto number = static_cast<std::uint32_t>(&file - files.data());
  const auto found = std::find_if(waiting.begin(), waiting.end(), [&](const PostState::Waiting& one) {
    return one.file == number && one.rule == rule;
  });
  book_post_wait(post, intruders[file.intruder], found->asked_s);
  trace_command("decision-withdrawn", file, world.command.posts[post].command, rule);
  waiting.erase(found);
}

/// The request that is served next; ties go by the names of attacks and numbers of intruders.
std::size_t Replication::State::first_waiting(std::uint32_t post) const {
  const auto& waiting = posts[post].queue;
  const auto rank = [&](const PostState::Waiting& one) {
    const Intruder& intruder = intruders[files[one.file].intruder];
    return std::make_tuple(world.command.posts[post].by_time_left ? intruder.goal_s : one.asked_s,
                           one.asked_s, intruder.attack, intruder.occurrence, intruder.number, one.rule);
  };
  std::size_t first = 0;
  for (std::size_t i = 1; i < waiting.size(); ++i)
    if (rank(waiting[i]) < rank(waiting[first])) first = i;
  return first;
}

/// Free desks take what waits, unless the post is down: then as soon as it is up.
void Replication::State::serve(std::uint32_t number) {
  PostState& post = posts[number];
  const double up_s = up_from(post.down, now);
  if (up_s > now) return queue.set(first_post_slot + number, on_grid(up_s), phase_freed);
  while (!post.queue.empty() && post.busy < world.command.posts[number].desks) {
    const std::size_t first = first_waiting(number);
    const PostState::Waiting waiting = post.queue[first];
    post.queue.erase(post.queue.begin() + static_cast<std::ptrdiff_t>(first));
    begin_work(number, waiting);
  }
}

void Replication::State::begin_work(std::uint32_t number, const PostState::Waiting& waiting) {
  TrackFile& file = files[waiting.file];
  const Command& command = world.command.commands[world.command.posts[number].command];
  ++posts[number].busy;
  book_post_wait(number, intruders[file.intruder], waiting.asked_s);
  trace_command("decision-begun", file, world.command.posts[number].command, waiting.rule);
  if (waiting.rule == no_index) {
    const Identification& how = world.command.identification[file.network];
    file.identify_begun_s = now;
    file.identify_ends_s =
        on_grid(now + time_at_post(how.time_s, file, how.command, Purpose::identification, file.tracks++));
  } else {
    const auto asked =
        std::find_if(file.requests.begin(), file.requests.end(), [&](const DecisionRequest& request) {
          return request.command == world.command.posts[number].command && request.rule == waiting.rule;
        });
    asked->begun_s = now;
    asked->ends_s =
        on_grid(now + time_at_post(command.rules[waiting.rule].decision_s, file,
                                   world.command.posts[number].command, Purpose::decision, file.decisions++));
  }
  schedule_file(file);
}

/// A desk has finished, or what it worked on is no longer wanted.
void Replication::State::free_desk(std::uint32_t post, double begun_s) {
  --posts[post].busy;
  book_post_busy(post, begun_s, now);
  serve(post);
}

/// The decision is given to everybody who waits for it.
void Replication::State::give_decision(TrackFile& file, std::size_t place_of_request) {
  const DecisionRequest request = file.requests[place_of_request];
  file.requests.erase(file.requests.begin() + static_cast<std::ptrdiff_t>(place_of_request));
  const Post& post = world.command.posts[world.command.commands[request.command].post];
  if (counts(now)) book(post.columns.done, 1);
  trace_command("decided", file, request.command, request.rule);
  const auto& authorities = world.command.authorities_of[file.network];
  for (std::size_t place = 0; place < authorities.size(); ++place) {
    const Authority& authority = world.command.authorities[authorities[place]];
    if (authority.command != request.command || file.rulings[place].asked != request.rule) continue;
    file.rulings[place].asked = no_index;
    set_verdict(file, place, verdict_by(file, authority, request.rule));
  }
  free_desk(world.command.commands[request.command].post, request.begun_s);
}

/// The clock has stopped: desks are booked as far as it got.
void Replication::State::close_posts() {
  for (const TrackFile& file : files) {
    if (!file.in_use) continue;
    for (const DecisionRequest& request : file.requests)
      if (request.begun_s != never)
        book_post_busy(world.command.commands[request.command].post, request.begun_s, now);
    const Identification& how = world.command.identification[file.network];
    if (how.post != no_index && file.identify_begun_s != never)
      book_post_busy(how.post, file.identify_begun_s, now);
  }
}

void Replication::State::book_post_wait(std::uint32_t post, const Intruder& intruder, double asked_s) {
  if (!intruder.counted) return;
  const Post::Columns& c = world.command.posts[post].columns;
  const std::int64_t wait_us = microseconds(now - asked_s);
  book(c.wait_us, wait_us);
  book(c.visits, 1);
  book(c.waited, wait_us > 0 ? 1 : 0);
}

void Replication::State::book_post_busy(std::uint32_t post, double begun_s, double ends_s) {
  const double from = std::clamp(begun_s, world.count_from_s, world.duration_s);
  const double to = std::clamp(ends_s, world.count_from_s, world.duration_s);
  if (to > from) book(world.command.posts[post].columns.busy_us, microseconds(to - from));
}

}  // namespace dronewall
