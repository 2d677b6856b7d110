// What a network knows and has decided about one intruder, and the desks where decisions wait.
#pragma once
#include <cstdint>
#include <vector>

#include "dronewall/kernel/event_queue.hpp"
#include "dronewall/model/command.hpp"

namespace dronewall {

/// What an authority's units may do with a track. Ordered: more is more.
enum class VerdictKind : std::uint8_t {
  none,   ///< no rule has matched, or its decision is not given yet
  watch,  ///< nothing is done with it
  look,   ///< a pursuer is to identify it visually; the rule's own verdict applies when it arrives
  escort,
  engage
};

struct Verdict {
  VerdictKind kind = VerdictKind::none;
  std::uint32_t rule = no_index;  ///< of the authority's command
  std::uint32_t met = no_index;   ///< engage: ground in which rounds must meet the track; no_index: anywhere

  bool operator==(const Verdict&) const = default;
};

/// What one authority has said of one track.
struct Ruling {
  Verdict given;
  std::uint32_t asked = no_index;        ///< rule whose decision it waits for
  bool awaited = false;                  ///< an engagement was ever waited for: a decision, or the class
  double engage_s = EventQueue::never;   ///< first engage verdict
  double decided_s = EventQueue::never;  ///< first verdict to engage or escort
};

/// When an intruder is on a ground.
struct GroundSpan {
  std::uint32_t ground;
  Span span;
};

/// A decision that was asked for. One serves all authorities of the command that wait for this rule.
struct DecisionRequest {
  std::uint32_t command, rule;
  double asked_s;
  double begun_s = EventQueue::never;  ///< never: it waits for a desk
  double ends_s = EventQueue::never;
};

/// A moment at which the rules are read again, or the track itself begins or ends.
struct Review {
  double time_s;
  enum class What : std::uint8_t { born, seen_again, crosses, dropped } what;
  std::uint32_t phase;
};

/// All that a network with a command knows of one intruder. Its slot's next event is the next review, the end
/// of its identification or the end of a decision, whichever comes first.
struct TrackFile {
  std::uint32_t intruder = no_index;
  std::uint32_t network = 0;
  std::uint32_t users = 0;  ///< aircraft of a formation share one
  bool in_use = false;
  Slot slot = no_index;
  std::vector<GroundSpan> on;  ///< sorted by ground, then time; over the whole planned flight
  std::vector<Review> reviews;
  std::size_t next_review = 0;

  bool open = false;        ///< the network holds a track, or lets it coast
  bool classified = false;  ///< of this track
  bool visual = false;      ///< seen visually: its true class is known
  ClassId perceived = 0;    ///< what identification finds, the same for every track of this intruder
  double first_classified_s = EventQueue::never;
  double identify_asked_s = EventQueue::never;
  double identify_begun_s = EventQueue::never;
  double identify_ends_s = EventQueue::never;
  std::uint32_t tracks = 0;     ///< begun so far: numbers the draws of identification times
  std::uint32_t decisions = 0;  ///< begun so far: numbers the draws of decision times
  std::vector<Ruling> rulings;  ///< by authority of the network, as in CommandWorld::authorities_of
  std::vector<DecisionRequest> requests;
};

/// The desks of one post.
struct PostState {
  std::uint32_t busy = 0;
  struct Waiting {
    std::uint32_t file;
    std::uint32_t rule;  ///< no_index: an identification
    double asked_s;
  };
  std::vector<Waiting> queue;
  std::vector<Span> down;
};

}  // namespace dronewall
