// Track files: what a network with a command knows of one intruder, and when its rules are read again. When a
// track begins, coasts and ends, and when it crosses a zone, is known in closed form when the intruder is
// made.
#include <algorithm>
#include <tuple>

#include "replication/state.hpp"

namespace dronewall {

namespace {

constexpr double never = EventQueue::never;

/// How a class is taken: the first entry of its row whose cumulated share lies above the uniform u; without a
/// row, for what it seems to be.
ClassId taken_for(const std::vector<ConfusionRow>& confusion, const Intruder& intruder, double u) {
  if (intruder.true_class >= confusion.size()) return intruder.apparent;
  for (const auto& [perceived, cumulated] : confusion[intruder.true_class])
    if (u < cumulated) return perceived;
  return intruder.apparent;
}

}  // namespace

TrackFile* Replication::State::file_of(const Intruder& intruder, std::uint32_t network) {
  if (intruder.files.empty() || intruder.files[network] == no_index) return nullptr;
  return &files[intruder.files[network]];
}

const TrackFile* Replication::State::file_of(const Intruder& intruder, std::uint32_t network) const {
  if (intruder.files.empty() || intruder.files[network] == no_index) return nullptr;
  return &files[intruder.files[network]];
}

/// What a network takes an intruder for; before it is identified, what it will be taken for.
ClassId Replication::State::perceived_by_file(const Intruder& intruder, std::uint32_t network) const {
  const TrackFile* file = file_of(intruder, network);
  if (file == nullptr) return intruder.apparent;
  return file->visual ? intruder.true_class : file->perceived;
}

ClassId Replication::State::draw_perceived(const Intruder& intruder, std::uint32_t network) const {
  const CommandWorld& command = world.command;
  const Entity entity = command.attack_network[intruder.attack * world.networks.size() + network];
  const double u = draws.uniform({entity, intruder.occurrence, draw_number(intruder)}, Purpose::confusion);
  return taken_for(command.identification[network].confusion, intruder, u);
}

std::uint32_t Replication::State::new_file(IntruderIndex index, std::uint32_t network) {
  std::uint32_t number;
  if (free_files.empty()) {
    number = static_cast<std::uint32_t>(files.size());
    TrackFile& made_new = files.emplace_back();
    made_new.on.reserve(usual_room);
    made_new.reviews.reserve(usual_room);
  } else {
    number = free_files.back();
    free_files.pop_back();
  }
  const std::uint32_t dynamic = new_dynamic();
  dynamics[dynamic] = {no_index, no_index, number};
  TrackFile& file = files[number];
  file.intruder = index;
  file.network = network;
  file.in_use = true;
  file.users = 1;
  file.slot = first_dynamic_slot + dynamic;
  file.open = file.classified = file.visual = false;
  file.first_classified_s = file.identify_asked_s = file.identify_begun_s = file.identify_ends_s = never;
  file.tracks = file.decisions = 0;
  file.rulings.assign(world.command.authorities_of[network].size(), Ruling{});
  file.requests.clear();
  return number;
}

/// One file in each network that has a command and will hold a track of the intruder: a formation's, if that
/// has one there.
void Replication::State::open_files(IntruderIndex index) {
  if (!world.command.is_there()) return;
  Intruder& intruder = intruders[index];
  if (intruder.files.empty()) intruder.files.assign(world.networks.size(), no_index);
  for (const TrackSpan& track : intruder.tracks) {
    if (intruder.files[track.network] != no_index || !world.command.is_there(track.network)) continue;
    if (const std::uint32_t shared = file_of_formation(intruder, track.network); shared != no_index) {
      intruder.files[track.network] = shared;
      ++files[shared].users;
      continue;
    }
    const std::uint32_t number = new_file(index, track.network);
    intruder.files[track.network] = number;
    TrackFile& file = files[number];
    file.perceived = draw_perceived(intruder, track.network);
    find_grounds(file);
    plan_reviews(file);
    schedule_file(file);
  }
}

/// The intruder's flight is over: nobody need decide on it any more, unless others of its formation fly on.
/// What was said of it stands, for those who take it for alive.
void Replication::State::close_files(const Intruder& intruder) {
  for (const std::uint32_t number : intruder.files) {
    if (number == no_index) continue;
    TrackFile& file = files[number];
    if (const IntruderIndex heir = heir_of(file, intruder); heir != no_index) {
      if (&intruders[file.intruder] != &intruder) continue;
      file.intruder = heir;
      replan(file);
      continue;
    }
    withdraw_identification(file);
    for (Ruling& ruling : file.rulings) ruling.asked = no_index;
    ask_and_withdraw(file);
    queue.cancel(file.slot);
  }
}

void Replication::State::drop_files(Intruder& intruder) {
  for (const std::uint32_t number : intruder.files) {
    if (number == no_index) continue;
    TrackFile& file = files[number];
    if (--file.users > 0) continue;
    file.in_use = false;
    dynamics[file.slot - first_dynamic_slot].file = no_index;
    free_dynamics.push_back(file.slot - first_dynamic_slot);
    free_files.push_back(number);
  }
  intruder.files.clear();
}

/// When the planned flight is on each ground that the network's rules name. With `ahead`, a leg is on it from
/// so long before it gets there.
void Replication::State::find_grounds(TrackFile& file) {
  const Intruder& intruder = intruders[file.intruder];
  file.on.clear();
  for (const std::uint32_t number : world.command.grounds_of[file.network]) {
    const Ground& ground = world.command.grounds[number];
    spans.clear();
    for (const Leg& leg : intruder.legs) {
      const std::size_t first = spans.size();
      for (const std::uint32_t zone : ground.zones) world.zones[zone].inside(leg, spans);
      for (std::size_t i = first; i < spans.size(); ++i)
        spans[i].begin = std::max(leg.begin, spans[i].begin - ground.ahead_s);
    }
    merge_spans(spans);
    for (const Span& span : spans) file.on.push_back({number, {on_grid(span.begin), on_grid(span.end)}});
  }
}

/// Every moment of the planned flight at which the rules are to be read.
void Replication::State::plan_reviews(TrackFile& file) {
  using What = Review::What;
  const Intruder& intruder = intruders[file.intruder];
  const double coast_s = world.coast_s[file.network];
  file.reviews.clear();
  file.next_review = 0;
  const auto add = [&](double t, What what, Phase phase) {
    if (t >= now && t <= intruder.natural_end_s) file.reviews.push_back({t, what, phase});
  };
  double begin_s = never, end_s = -1;
  for (const TrackSpan& track : intruder.tracks) {
    if (track.network != file.network) continue;
    const bool is_new = begin_s == never || track.span.begin > end_s + coast_s;
    if (is_new && begin_s != never) add(on_grid(end_s + coast_s), What::dropped, phase_exit);
    add(track.span.begin, is_new ? What::born : What::seen_again, phase_entry);
    begin_s = std::min(begin_s, track.span.begin);
    end_s = track.span.end;
  }
  add(on_grid(end_s + coast_s), What::dropped, phase_exit);
  for (const GroundSpan& on : file.on) {
    if (on.span.begin > begin_s && on.span.begin <= end_s) add(on.span.begin, What::crosses, phase_entry);
    if (on.span.end > begin_s && on.span.end <= end_s) add(on.span.end, What::crosses, phase_exit);
  }
  std::sort(file.reviews.begin(), file.reviews.end(), [](const Review& a, const Review& b) {
    return std::tie(a.time_s, a.phase, a.what) < std::tie(b.time_s, b.phase, b.what);
  });
}

void Replication::State::schedule_file(const TrackFile& file) {
  double t = never;
  std::uint32_t phase = phase_exit;
  const auto earlier = [&](double other_s, std::uint32_t other_phase) {
    if (other_s < t || (other_s == t && other_phase < phase)) {
      t = other_s;
      phase = other_phase;
    }
  };
  if (file.next_review < file.reviews.size())
    earlier(file.reviews[file.next_review].time_s, file.reviews[file.next_review].phase);
  earlier(file.identify_ends_s, phase_entry);
  for (const DecisionRequest& request : file.requests) earlier(request.ends_s, phase_decision);
  queue.set(file.slot, t, phase);
}

void Replication::State::on_file(std::uint32_t number) {
  TrackFile& file = files[number];
  const std::uint32_t phase = queue.next_phase();
  if (file.next_review < file.reviews.size() && file.reviews[file.next_review].time_s <= now &&
      file.reviews[file.next_review].phase == phase) {
    on_review(file, file.reviews[file.next_review++]);
  } else if (phase == phase_entry && file.identify_ends_s <= now) {
    classify(file);
    read_rules(file, phase_entry);
  } else {
    const auto due = std::find_if(file.requests.begin(), file.requests.end(),
                                  [&](const DecisionRequest& request) { return request.ends_s <= now; });
    give_decision(file, static_cast<std::size_t>(due - file.requests.begin()));
  }
  schedule_file(file);
}

void Replication::State::on_review(TrackFile& file, const Review& review) {
  switch (review.what) {
    case Review::What::born:
      begin_track(file);
      break;
    case Review::What::dropped:
      return end_track(file);
    case Review::What::crosses:  // A track that coasts keeps its verdict.
      if (!holds_track(intruders[file.intruder], file.network, now)) return;
      break;
    case Review::What::seen_again:
      break;
  }
  read_rules(file, static_cast<Phase>(review.phase));
}

/// A new track is a new case: it is identified again, though with the same result.
void Replication::State::begin_track(TrackFile& file) {
  const Identification& how = world.command.identification[file.network];
  file.open = true;
  file.visual = false;
  file.classified = false;
  if (how.command == no_index) return classify(file);
  file.identify_asked_s = now;
  if (how.post != no_index) return wait_for_desk(how.post, file, no_index);
  file.identify_begun_s = now;
  file.identify_ends_s =
      on_grid(now + time_at_post(how.time_s, file, how.command, Purpose::identification, file.tracks++));
  if (file.identify_ends_s <= now) classify(file);
}

void Replication::State::end_track(TrackFile& file) {
  withdraw_identification(file);
  file.open = file.classified = file.visual = false;
  for (std::size_t place = 0; place < file.rulings.size(); ++place) {
    file.rulings[place].asked = no_index;
    set_verdict(file, place, {});
  }
  ask_and_withdraw(file);
}

/// The network takes the track for something from now on.
void Replication::State::classify(TrackFile& file) {
  const Identification& how = world.command.identification[file.network];
  if (how.post != no_index) {
    free_desk(how.post, file.identify_begun_s);
    if (counts(now)) book(world.command.posts[how.post].columns.done, 1);
  }
  file.identify_asked_s = file.identify_begun_s = file.identify_ends_s = never;
  file.classified = true;
  file.first_classified_s = std::min(file.first_classified_s, now);
  trace("identified", &intruders[file.intruder], no_index, world.classes[file.perceived].c_str());
}

void Replication::State::withdraw_identification(TrackFile& file) {
  const Identification& how = world.command.identification[file.network];
  if (file.identify_asked_s == never) return;
  if (how.post != no_index) {
    if (file.identify_begun_s == never)
      leave_queue(how.post, file, no_index);
    else
      free_desk(how.post, file.identify_begun_s);
  }
  file.identify_asked_s = file.identify_begun_s = file.identify_ends_s = never;
}

/// A pursuer of the network has looked at the intruder: from now on it is known for what it is.
void Replication::State::seen_visually(IntruderIndex index, std::uint32_t network) {
  TrackFile* file = file_of(intruders[index], network);
  if (file == nullptr || !file->open || file->visual) return;
  withdraw_identification(*file);
  file->visual = file->classified = true;
  file->first_classified_s = std::min(file->first_classified_s, now);
  trace("seen-visually", &intruders[index], no_index, world.classes[intruders[index].true_class].c_str());
  read_rules(*file, phase_entry);
  schedule_file(*file);
}

/// When a round may meet the intruder on a ground, into met_spans.
void Replication::State::collect_met(const Intruder& intruder, std::uint32_t network, std::uint32_t met) {
  met_spans.clear();
  if (const TrackFile* file = file_of(intruder, network))
    for (const GroundSpan& on : file->on)
      if (on.ground == met) met_spans.push_back(on.span);
}

bool Replication::State::is_met_on(const Intruder& intruder, std::uint32_t network, std::uint32_t met,
                                   double t) const {
  if (met == no_index) return true;
  const TrackFile* file = file_of(intruder, network);
  return file != nullptr && std::any_of(file->on.begin(), file->on.end(), [&](const GroundSpan& on) {
           return on.ground == met && on.span.begin <= t && t <= on.span.end;
         });
}

}  // namespace dronewall
