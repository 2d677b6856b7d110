// The state of one replication: everything that changes while it runs. One per thread; memory is kept between
// runs.
#pragma once
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <vector>

#include "dronewall/geometry/geometry.hpp"
#include "dronewall/kernel/event_queue.hpp"
#include "dronewall/model/world.hpp"
#include "dronewall/random/draws.hpp"
#include "dronewall/replication/drawn_value.hpp"
#include "dronewall/replication/policy.hpp"
#include "dronewall/replication/replication.hpp"
#include "dronewall/replication/sensor_law.hpp"
#include "dronewall/replication/unit_kind.hpp"
#include "replication/command.hpp"
#include "replication/element_state.hpp"
#include "replication/hook.hpp"
#include "replication/instants.hpp"
#include "replication/intruder.hpp"
#include "replication/raid_state.hpp"

namespace dronewall {

struct Replication::State {
  State(const World& compiled, const ReplicationOptions& how);
  void run(std::uint32_t number, std::int64_t* out);

  // replication.cpp
  void reset(std::uint32_t number);
  void reset_sites();
  void reset_element(std::uint32_t element);
  [[nodiscard]] Vec2 random_place(Entity entity, std::uint32_t occurrence, std::uint32_t zone) const;
  void loop();
  void handle(Slot slot);
  void close();

  // raids.cpp
  void start_raids();
  void start_raid(std::uint32_t raid, double at_s);
  void next_occurrence(std::uint32_t raid);
  void start_wave(std::uint32_t attack, std::uint32_t occurrence, std::uint32_t raid_state, double at_s);
  void advance_wave(std::uint32_t dynamic);
  std::uint32_t take_numbers(Wave& wave);
  void draw_spacing(const Drawn& spacing, const Wave& wave, std::uint32_t count);
  std::uint32_t enter_raid(std::uint32_t raid, std::uint32_t occurrence);
  void leave_raid(std::uint32_t raid_state);
  void draw_given_times(std::uint32_t raid);
  [[nodiscard]] Sharers sharers_of(const RaidState& raid) const {
    return {world.raids[raid.raid].entity, raid.occurrence, {}};
  }
  [[nodiscard]] double shared_value(const Drawn& drawn, const RaidState& raid) const {
    return dronewall::shared_value(drawn, draws, sharers_of(raid));
  }
  /// What is drawn apart from any raid: at `own`, or once per replication.
  [[nodiscard]] double value_apart(const Drawn& drawn, const Address& own, Purpose purpose,
                                   std::uint32_t index = 0) const {
    return drawn_value(drawn, draws, own, purpose, index, {});
  }

  // intruders.cpp
  void make_intruders(const Wave& wave, std::uint32_t count);
  void choose_threats(const Wave& wave);
  void draw_properties(const Wave& wave);
  static constexpr std::uint32_t chunk = 64;  ///< intruders made at once
  void draw(const Drawn& drawn, const Wave& wave, Purpose purpose, std::uint32_t index,
            std::vector<double>& out);
  void uniforms_of_chunk(const Wave& wave, Purpose purpose, std::uint32_t index, double* out);
  void clear_history(Intruder& intruder);
  void plan_flight(Intruder& intruder, std::uint32_t i, const Attack& attack);
  static void end_by_failure(Intruder& intruder);
  void enter_zones(Intruder& intruder);
  IntruderIndex new_intruder();
  static constexpr std::size_t usual_room = 32;  ///< of lists whose greatest length nobody knows
  void reserve_room(Intruder& intruder) const;
  std::uint32_t new_dynamic();

  // changed_flights.cpp
  void fly_on(IntruderIndex index, std::initializer_list<Vec2> way, FateKind fate);
  void renew(IntruderIndex index);
  void renew_tracks(IntruderIndex index);
  void renew_opportunities(IntruderIndex index);
  void renew_files(IntruderIndex index);
  void read_rules_anew(IntruderIndex index);
  void renew_chases(IntruderIndex index);
  void turn_back(IntruderIndex index);
  /// The number under which its flight and its detection are drawn: a formation's are its lead's.
  [[nodiscard]] std::uint32_t draw_number(const Intruder& intruder) const {
    return world.attacks[intruder.attack].formation ? 0 : intruder.number;
  }

  // strikes.cpp
  [[nodiscard]] Vec2 take_aim(Intruder& intruder);
  void strike(const Intruder& intruder);
  void lose_sensor(std::uint32_t sensor);
  void lose_element(std::uint32_t element);
  [[nodiscard]] bool is_lost(std::uint32_t element) const;
  void close_opportunities(Intruder& intruder, std::uint32_t element);
  void break_off(std::uint32_t channel);
  void cease_burst(std::uint32_t channel);
  void cease(std::uint32_t channel);
  void shorten_chases(IntruderIndex index);

  // areas.cpp
  void soften(Intruder& intruder, Emission manner);
  void expose(const Intruder& intruder, const AreaEffector& effector, std::uint32_t element);
  void keep_within(const Span& when);
  [[nodiscard]] double soft_kill_s(const Intruder& intruder, const AreaEffector& effector,
                                   const Jamming& before) const;
  void emit_by_verdict(IntruderIndex index, std::uint32_t authority, bool engage);
  void cease_emission(const Intruder& intruder, Jamming& jamming, double until_s);
  void plan_soft_kill(IntruderIndex index);
  [[nodiscard]] static PlannedEnd end_of(const Intruder& intruder);
  static void set_end(Intruder& intruder, const PlannedEnd& end);
  void soften_flight(Intruder& intruder);
  void soften_tracked(Intruder& intruder);
  void lose_effector(std::uint32_t element);
  void cut_tracks(Intruder& intruder) const;
  void note_emission(Intruder& intruder);
  void book_emission();

  // closures.cpp
  void note_closures(const Intruder& intruder);
  void note_closure(const Intruder& intruder, const ClosingAirport& airport, Span held,
                    std::vector<Span>& closed) const;
  void book_closures();
  [[nodiscard]] double last_moment() const;

  // debris.cpp
  void fall(const Intruder& intruder, std::uint32_t element, double t, std::uint32_t shot);
  // attendance.cpp
  void attend(IntruderIndex index, std::uint32_t authority, Task task);
  void change_task(std::uint32_t attendance, Task task);
  void end_attendance(std::uint32_t attendance, const char* why);
  void dismiss(std::uint32_t channel, const char* why);
  [[nodiscard]] bool somebody_may_attend() const;
  void serve_attendances();
  void serve_attendance(std::uint32_t attendance);
  [[nodiscard]] bool wants_somebody(std::uint32_t attendance);
  [[nodiscard]] std::optional<Approach> course_to(std::uint32_t element, const Attendance& attendance) const;
  [[nodiscard]] static bool has_time_there(const Approach& course, Vec2 base, const FlightProfile& flight);
  [[nodiscard]] bool may_be_sent(std::uint32_t element, const Intruder& target) const;
  void send(std::uint32_t attendance, std::uint32_t element);
  void ask_later(std::uint32_t attendance);
  void join(std::uint32_t channel);
  void stay_with(std::uint32_t channel);
  void leave(std::uint32_t channel);
  void note_escort(IntruderIndex index);
  void redirect_attendants(IntruderIndex index);
  void engage_after_look(IntruderIndex index, std::uint32_t element);
  [[nodiscard]] static Weapon presence();
  /// Calls `visit` with each channel whose element is with the attendance's intruder or on its way there.
  template <class Visit>
  void for_attendants(std::uint32_t attendance, Visit&& visit) {
    for (std::uint32_t c = 0; c < channels.size(); ++c)
      if (channels[c].busy && channels[c].attendance == attendance) visit(c);
  }

  // formations.cpp
  std::uint32_t new_formation(std::uint32_t count);
  void leave_formation(IntruderIndex index);
  [[nodiscard]] IntruderIndex lead_of(IntruderIndex index) const;
  [[nodiscard]] std::uint32_t file_of_formation(const Intruder& intruder, std::uint32_t network) const;
  [[nodiscard]] IntruderIndex heir_of(const TrackFile& file, const Intruder& intruder) const;
  void replan(TrackFile& file);
  /// Calls `visit` with each intruder of the formation that flies still; with the intruder alone if it has
  /// none.
  template <class Visit>
  void for_formation(IntruderIndex index, Visit&& visit) {
    const std::uint32_t formation = intruders[index].formation;
    if (formation == no_index) return visit(index);
    for (std::size_t i = 0; i < formations[formation].members.size(); ++i)
      visit(formations[formation].members[i]);
  }

  // picture.cpp
  void watch(const Wave& wave);
  void cover(std::uint32_t sensor);
  void cover_legs(std::uint32_t sensor, const Intruder& target, const Site& site, double radius);
  void add_stay(IntruderIndex index, std::uint32_t entry, Span span, const Site& site);
  /// Whether an element or sensor is there for the raid: its condition holds, and its chance falls so.
  [[nodiscard]] bool available(const Drawn& chance, Entity entity, const RaidState& raid,
                               std::uint32_t condition) const {
    const bool always = condition == no_index && chance.is_constant() && chance.constant_value() >= 1;
    return always || is_drawn_available(chance, entity, raid, condition);
  }
  [[nodiscard]] bool is_drawn_available(const Drawn& chance, Entity entity, const RaidState& raid,
                                        std::uint32_t condition) const;
  void merge_tracks(Intruder& intruder);
  [[nodiscard]] bool holds_track(const Intruder& intruder, std::uint32_t network, double t) const;
  [[nodiscard]] double track_end(const Intruder& intruder, std::uint32_t network, double t) const;
  void draw_outages();
  void alternate(const Outages& outages, Entity entity, std::vector<Span>& up) const;

  // opportunities.cpp
  void find_opportunities(Intruder& intruder);
  void schedule(IntruderIndex index);
  void on_intruder(IntruderIndex index);
  [[nodiscard]] bool may_be_hit(const Intruder& intruder, const Weapon& weapon, std::uint32_t network) const;
  void find_orders(const Intruder& intruder, const Unit& unit, const HomeBase& home);
  [[nodiscard]] HomeBase home_of(std::uint32_t element) const {
    const ElementState& one = elements[element];
    return {one.site.at, one.motion.endurance_s, one.motion.look_s};
  }
  /// Where rounds of the unit may meet what they are fired at: by its command's rules, else anywhere.
  [[nodiscard]] std::span<const std::uint32_t> grounds_of(const Unit& unit) const {
    static constexpr std::uint32_t anywhere[] = {no_index};
    if (unit.authority == no_index) return anywhere;
    return world.command.authorities[unit.authority].met;
  }
  void collect_windows(const Intruder& intruder, const Unit& unit, std::uint32_t element, const Mount& mount,
                       std::uint32_t met);
  [[nodiscard]] double first_window_s(const Intruder& intruder, std::uint32_t element, const Mount& mount);
  void add_windows(Intruder& intruder, const Unit& unit, std::uint32_t element, std::uint32_t mount,
                   std::uint32_t met);
  void add_opportunities(Intruder& intruder, std::uint32_t element, std::uint32_t mount,
                         const std::vector<Span>& when, std::uint32_t met = no_index);
  [[nodiscard]] static double last_end(const Intruder& intruder);
  [[nodiscard]] bool window_before_track(Intruder& intruder, std::uint32_t asked);
  [[nodiscard]] Address address_in_raid(Entity entity, const Intruder& intruder) const;
  [[nodiscard]] Entity unit_entity(std::uint32_t element) const;

  // dispatch.cpp
  void dispatch();
  void dispatch(std::uint32_t network);
  void list(IntruderIndex index);
  void activate(std::uint32_t element);
  [[nodiscard]] bool may_be_engaged(const Intruder& intruder, const Unit& unit) const {
    const std::uint64_t bit = bit_of_network[unit.network];
    if (((intruder.engaged | intruder.believed_dead) & bit) != 0) return false;
    if (intruder.fated ? (intruder.ghost & bit) == 0 : !(intruder.natural_end_s > now)) return false;
    if (unit.authority != no_index && verdict_of(intruder, unit).kind != VerdictKind::engage) return false;
    return intruder.fired_by_network[unit.network].rounds < world.doctrines[unit.doctrine].at_most;
  }
  /// Whether what the network's command says of the intruder, if there is one, allows this opportunity.
  [[nodiscard]] bool in_force(const Intruder& intruder, const Opportunity& opportunity,
                              const Unit& unit) const {
    return unit.authority == no_index || unit.flies || is_in_force_by_verdict(intruder, opportunity, unit);
  }
  [[nodiscard]] bool is_in_force_by_verdict(const Intruder& intruder, const Opportunity& opportunity,
                                            const Unit& unit) const;
  [[nodiscard]] bool has_rounds(const ElementState& element) const;
  [[nodiscard]] IntruderIndex pick(std::uint32_t doctrine, std::uint32_t network);
  [[nodiscard]] double urgency(const NextPolicy& policy, const Intruder& intruder,
                               std::uint32_t network) const;
  [[nodiscard]] bool goes_before(const NextPolicy& policy, std::uint32_t network, IntruderIndex a,
                                 IntruderIndex b) const;
  void meet_unit(Intruder& intruder, std::uint32_t unit, double end_s);
  void settle_visit(Intruder& intruder, std::uint32_t unit);

  // assign.cpp
  bool assign(IntruderIndex index, std::uint32_t network);
  struct Choice {
    std::uint32_t element = no_index, mount = 0;
    double score = 0, distance_m = 0;
    Approach approach;
  };
  struct Obstacles {
    bool busy = false, empty = false, refused = false, out_of_reach = false;
  };
  [[nodiscard]] bool takes_task(const Intruder& intruder, std::uint32_t element) const;
  [[nodiscard]] bool gave_back_now(const Intruder& intruder, std::uint32_t element) const;
  void consider(Intruder& intruder, const Opportunity& opportunity, Choice& best, Obstacles& obstacles);
  void consider_mount(Intruder& intruder, std::uint32_t element, std::uint32_t mount,
                      const Approach& approach, Choice& best, Obstacles& obstacles);
  static void set_obstacle(LossReason& reason, const Obstacles& obstacles);
  void note_obstacle(Intruder& intruder, std::uint32_t network);
  [[nodiscard]] std::int64_t usable_rounds(const Unit& unit, const ElementState& element, std::uint32_t mount,
                                           ClassId perceived) const;

  // fire.cpp
  void begin_instant(std::uint32_t element, std::uint32_t mount, std::int64_t usable);
  [[nodiscard]] std::int64_t salvo_size(Intruder& intruder, std::uint32_t element, std::uint32_t mount);
  [[nodiscard]] double look_of(const Channel& channel, const Intruder& intruder) const;
  [[nodiscard]] double dwell_of(const Channel& channel, const Intruder& intruder) const;
  void fire(Channel& channel, Intruder& intruder, double t);
  void burst(Channel& channel, const Intruder& intruder, double t);
  void keep_rounds_until(Channel& channel, double t);

  // engagement.cpp
  void engage(IntruderIndex index, const Choice& choice);
  [[nodiscard]] static Vec2 position_of(const Intruder& intruder, double t);
  [[nodiscard]] double chase_end(std::uint32_t element, const Intruder& target, double arrives_s) const;
  void resolve(std::uint32_t channel);
  void at_launch(std::uint32_t channel);
  [[nodiscard]] bool launch_allowed(const Channel& channel, const Intruder& intruder, double t);
  [[nodiscard]] double exposed_until(const Channel& channel, const Intruder& intruder, double t) const;
  [[nodiscard]] double ground_end(const Intruder& intruder, const Unit& unit, double t) const;
  void settle_arrival(Channel& channel, Intruder& intruder);
  void at_look(std::uint32_t channel);
  void give_back(std::uint32_t channel);
  void release_target(Channel& channel, bool again);
  void free_channel(std::uint32_t channel);
  void kill(Intruder& intruder, double t, std::uint32_t kills_column);
  void end(Intruder& intruder, FateKind fate, double t);
  void note_fate(Intruder& intruder, FateKind fate, double t);
  void stop_engagements(const Intruder& intruder);
  void stop_engagement(std::uint32_t channel);
  void end_flight(IntruderIndex index);
  [[nodiscard]] double pk_of(const Channel& channel, const Intruder& intruder, std::uint32_t shot);
  void on_channel(std::uint32_t channel);
  [[nodiscard]] ElementShots& shots_of(Intruder& intruder, std::uint32_t element);
  [[nodiscard]] Address address_of(const Intruder& intruder, std::uint32_t element) const;
  [[nodiscard]] double time_of(const Drawn& drawn, const Intruder& intruder, std::uint32_t element,
                               Purpose purpose, std::uint32_t index) const;
  [[nodiscard]] const Assessment& assessment_of(const Channel& channel) const;

  // track_files.cpp: what networks with a command know of an intruder
  void open_files(IntruderIndex index);
  void close_files(const Intruder& intruder);
  void drop_files(Intruder& intruder);
  std::uint32_t new_file(IntruderIndex index, std::uint32_t network);
  void find_grounds(TrackFile& file);
  void plan_reviews(TrackFile& file);
  void schedule_file(const TrackFile& file);
  void on_file(std::uint32_t file);
  void on_review(TrackFile& file, const Review& review);
  void begin_track(TrackFile& file);
  void end_track(TrackFile& file);
  void classify(TrackFile& file);
  void withdraw_identification(TrackFile& file);
  void seen_visually(IntruderIndex index, std::uint32_t network);
  [[nodiscard]] TrackFile* file_of(const Intruder& intruder, std::uint32_t network);
  [[nodiscard]] const TrackFile* file_of(const Intruder& intruder, std::uint32_t network) const;
  [[nodiscard]] ClassId perceived(const Intruder& intruder, std::uint32_t network) const {
    return world.command.is_there() ? perceived_by_file(intruder, network) : intruder.apparent;
  }
  [[nodiscard]] ClassId perceived_by_file(const Intruder& intruder, std::uint32_t network) const;
  [[nodiscard]] ClassId draw_perceived(const Intruder& intruder, std::uint32_t network) const;
  void collect_met(const Intruder& intruder, std::uint32_t network, std::uint32_t met);
  [[nodiscard]] bool is_met_on(const Intruder& intruder, std::uint32_t network, std::uint32_t met,
                               double t) const;

  // verdicts.cpp: rules of engagement read against a track file
  void read_rules(TrackFile& file, Phase phase);
  [[nodiscard]] std::uint32_t first_match(const TrackFile& file, const Authority& authority, bool classified,
                                          Phase phase) const;
  [[nodiscard]] bool is_on(const TrackFile& file, std::uint32_t ground, Phase phase) const;
  void apply_match(TrackFile& file, std::size_t place, std::uint32_t rule);
  [[nodiscard]] Verdict verdict_by(const TrackFile& file, const Authority& authority,
                                   std::uint32_t rule) const;
  void set_verdict(TrackFile& file, std::size_t place, const Verdict& verdict);
  void verdict_changed(TrackFile& file, std::uint32_t authority, const Verdict& before, const Verdict& after);
  void call_off(IntruderIndex index, std::uint32_t authority);
  [[nodiscard]] Verdict verdict_of(const Intruder& intruder, const Unit& unit) const;

  // posts.cpp: decisions and identifications at their desks
  void draw_down_times();
  void ask_and_withdraw(TrackFile& file);
  void ask(TrackFile& file, std::uint32_t command, std::uint32_t rule);
  void withdraw(TrackFile& file, const DecisionRequest& request);
  void wait_for_desk(std::uint32_t post, const TrackFile& file, std::uint32_t rule);
  void leave_queue(std::uint32_t post, const TrackFile& file, std::uint32_t rule);
  void serve(std::uint32_t post);
  void begin_work(std::uint32_t post, const PostState::Waiting& waiting);
  [[nodiscard]] std::size_t first_waiting(std::uint32_t post) const;
  void free_desk(std::uint32_t post, double begun_s);
  void give_decision(TrackFile& file, std::size_t request);
  void close_posts();
  void book_post_wait(std::uint32_t post, const Intruder& intruder, double asked_s);
  void book_post_busy(std::uint32_t post, double begun_s, double ends_s);
  [[nodiscard]] double time_at_post(const Drawn& drawn, const TrackFile& file, std::uint32_t command,
                                    Purpose purpose, std::uint32_t index) const;

  // command_accounts.cpp
  void note_wrong(Intruder& intruder, std::uint32_t network);
  struct Progress {
    double classified_s = EventQueue::never, authorised_s = EventQueue::never, decided_s = EventQueue::never;
  };
  [[nodiscard]] Progress progress_of(const Intruder& intruder) const;
  [[nodiscard]] std::optional<LossReason> reason_under_command(Intruder& intruder);

  // score.cpp
  void prepare_score(Intruder& intruder, const Attack& attack, double reliability, double falls_s) const;
  void foresee(const Wave& wave);
  void score_salvo(const Channel& channel, Intruder& intruder, double t);
  [[nodiscard]] double chance_end_s(const Intruder& intruder, const Opportunity& chance) const;
  [[nodiscard]] double longest_reaction_s(const Opportunity& chance) const;
  [[nodiscard]] double next_reaction_s(const Intruder& intruder, const Opportunity& chance) const;
  [[nodiscard]] double unkilled_end_s(const Channel& channel, const Intruder& intruder, double t) const;
  [[nodiscard]] bool is_last_salvo(const Channel& channel, const Intruder& intruder, double t,
                                   double look_s) const;
  [[nodiscard]] double survival(const Channel& channel, const Intruder& intruder, double t, double end_s);
  [[nodiscard]] double expected_strike(const Intruder& intruder) const;

  // magazines.cpp
  void take_rounds(std::uint32_t element, std::uint32_t mount, std::int64_t rounds);
  void put_back_rounds(std::uint32_t element, std::uint32_t mount, std::int64_t rounds);
  void book_rounds(const Channel& channel, const Intruder& intruder, double t);
  void schedule_reload(std::uint32_t element, std::uint32_t mount);
  void reload(std::uint32_t element, std::uint32_t mount);
  void book_empty(std::uint32_t element, std::uint32_t mount, double until_s);
  void rearm(std::uint32_t element);

  // sorties.cpp
  void draw_readiness(std::uint32_t element);
  void fly(std::uint32_t element, const Approach& approach, const Intruder& target, Task task);
  void take_off(std::uint32_t element, double at_s);
  [[nodiscard]] Vec2 place_at(std::uint32_t element, const Approach& approach, const Intruder& target,
                              double t) const;
  void keep_following(std::uint32_t element, const Intruder& target);
  void after_task(std::uint32_t element);
  void stand_down(std::uint32_t element);
  void leave_for_home(std::uint32_t element);
  void land(std::uint32_t element);
  void get_ready(std::uint32_t element);
  [[nodiscard]] double must_turn_s(std::uint32_t element) const;
  void book_flight(std::uint32_t element, double landing_s);

  // patrol.cpp
  [[nodiscard]] double way_to_station_s(std::uint32_t element) const;
  [[nodiscard]] double next_on_station(const PatrolPlan& plan, double t) const;
  [[nodiscard]] double hours_end(const PatrolPlan& plan, double t) const;
  void start_patrols();
  void relieve(std::uint32_t place, double at_s);
  [[nodiscard]] std::uint32_t ready_element(const Unit& unit) const;
  void take_off_on_patrol(std::uint32_t element, double at_s, double arrives_s, double end_s);
  void plan_refuellings(std::uint32_t element, double arrives_s);
  void fly_to_station(std::uint32_t element, double from_s);
  void arrive_on_station(std::uint32_t element);
  void stay_on_station(std::uint32_t element);
  void refuel(std::uint32_t element);
  void end_refuelling(std::uint32_t element);
  [[nodiscard]] bool returns_to_station(std::uint32_t element);
  void set_on_station(std::uint32_t element, bool is_there);
  void book_station(std::uint32_t unit, double t);
  void fill_stations(std::uint32_t unit);

  // wing.cpp
  void gather_wing(std::uint32_t lead);
  void join_wing(std::uint32_t element, std::uint32_t lead);
  void leave_wing(std::uint32_t element);
  void follow_lead(std::uint32_t lead);
  std::uint32_t hand_over(std::uint32_t lead);
  template <class Action>
  void for_wing(std::uint32_t lead, Action&& action) {
    const Unit& unit = world.units[world.elements[lead].unit];
    for (std::uint32_t e = unit.first_element; e < unit.first_element + unit.count; ++e)
      if (elements[e].lead == lead) action(e);
  }

  // accounts.cpp
  void count_launch(const Intruder& intruder);
  void finish(IntruderIndex index);
  void settle(Intruder& intruder);
  void settle_stages(const Intruder& intruder, const Progress& progress);
  void settle_times(const Intruder& intruder, const Progress& progress);
  void settle_visits(Intruder& intruder);
  void book(std::uint32_t column, std::int64_t amount) { row[column] += amount; }
  void book_busy(std::uint32_t unit, double from_s, double to_s);
  [[nodiscard]] bool counts(double t) const { return t >= world.count_from_s; }
  [[nodiscard]] LossReason reason_of(Intruder& intruder);
  [[nodiscard]] std::uint32_t last_chance(const Intruder& intruder) const;

  // trace.cpp
  void trace(const char* what, const Intruder* intruder, std::uint32_t element, const char* detail = "") {
    trace_at(now, what, intruder, element, detail);
  }
  void trace_at(double t, const char* what, const Intruder* intruder, std::uint32_t element,
                const char* detail = "") {
    if (is_traced(options)) [[unlikely]]
      tell(t, what, intruder, element, detail);
  }
  void tell(double t, const char* what, const Intruder* intruder, std::uint32_t element, const char* detail);
  void tell_take_offs(double until_s);
  void tell_fired(double t, const Channel& channel, const Intruder& intruder);
  void trace_command(const char* what, const TrackFile& file, std::uint32_t command, std::uint32_t rule);
  void mark(Intruder& intruder);
  void show(const Intruder& intruder, const Intruder::Marker& marker);

  const World& world;
  const Drawn zero_{Distribution::constant(0), DrawLevel::natural, {}};
  const Drawn never_{Distribution::constant(1e12), DrawLevel::natural, {}};
  ReplicationOptions options;
  bool elide;         ///< nothing is scheduled that nobody can observe
  bool scores_;       ///< some strike has a price: its expectation is booked
  bool foreseeable_;  ///< what an intruder can meet is settled when it is launched: no command, no unit is
                      ///< struck
  bool private_;      ///< whole engagements are resolved when they are assigned
  double stop_s;      ///< duration + settle
  Draws draws{0, 0};
  EventQueue queue;
  double now = 0;
  std::uint64_t handled = 0;
  std::int64_t* row = nullptr;

  // Slots: channels, then raids, then magazines that reload, then command posts, then places on patrol, then
  // waves, intruders and track files as they come.
  Slot first_raid_slot = 0, first_reload_slot = 0, first_post_slot = 0, first_patrol_slot = 0,
       first_dynamic_slot = 0;
  struct Dynamic {
    std::uint32_t wave = no_index;
    IntruderIndex intruder = no_index;
    std::uint32_t file = no_index;
    std::uint32_t attendance = no_index;
  };
  std::vector<Dynamic> dynamics;
  std::vector<std::uint32_t> free_dynamics;
  std::vector<Wave> waves;
  std::vector<std::uint32_t> free_waves;
  std::vector<Intruder> intruders;
  std::vector<std::uint32_t> slot_of_intruder;
  std::vector<IntruderIndex> free_intruders;
  std::uint32_t aloft = 0;  ///< launched (or due) and without a fate
  std::vector<RaidState> raid_states;
  std::vector<std::uint32_t> free_raid_states;
  std::vector<std::uint32_t> occurrence_of_raid;
  std::vector<double> last_occurrence_s;           ///< by raid
  std::vector<std::vector<double>> times_of_raid;  ///< by raid that comes at given times

  std::vector<Channel> channels;
  std::vector<ElementState> elements;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> reload_slots;  ///< element, mount
  std::vector<std::vector<double>> bay_free_s;                        ///< by unit: when each bay is free
  std::vector<PatrolPlace> patrol_places;
  std::vector<Station> stations;  ///< by unit
  std::vector<Site> sensor_sites;
  std::vector<double> scan_phase_s;
  std::vector<std::vector<Span>> sensor_up, element_up;  ///< empty: always
  std::vector<double> sensor_lost_s, element_lost_s;     ///< struck; empty where nothing can be
  std::vector<std::uint64_t> bit_of_network;             ///< of those that shoot
  std::vector<double> longest_reactions_s;               ///< by weapon, for scores
  std::vector<Entity> entity_of_network;                 ///< addresses of the lots that it draws

  std::vector<TrackFile> files;
  std::vector<std::uint32_t> free_files;
  std::vector<PostState> posts;
  std::vector<Attendance> attendances;
  std::vector<std::uint32_t> free_attendances, serving;
  std::vector<std::pair<IntruderIndex, std::uint32_t>> hand_overs;  ///< and the element that was with it
  bool attendance_due = false;                                      ///< somebody may be looked for
  const Weapon presence_ = presence();
  std::vector<Formation> formations;
  std::vector<std::uint32_t> free_formations;

  std::vector<IntruderIndex> newly_available;
  std::vector<std::uint32_t> changed_elements;
  std::vector<std::uint32_t> active_elements;

  std::vector<std::vector<Span>> emission;  ///< by element: when it emitted at a track; only if one does so
  std::vector<std::vector<Span>> closed;    ///< by airport: when a track was near
  double last_fate_s = 0;                   ///< of an intruder

  // Workspaces of a chunk of intruders.
  std::vector<double> launch_s, speed, altitude, rcs, scratch, property, spread_u, loiter, reliability,
      reliable, fail_at, endurance;
  std::vector<std::vector<double>> coordinates;
  std::vector<Vec2> points;
  std::vector<std::uint32_t> numbers;
  std::vector<IntruderIndex> made;
  std::vector<TrackSpan> kept_tracks;
  std::vector<IntruderIndex> doomed;  ///< of these, those that will fail and whose strike is scored
  std::vector<double> fails_at_s;
  std::vector<double> horizon_m;  ///< the target's part of the radar horizon
  std::vector<Coverage> stays;
  std::vector<std::uint32_t> stay_owner;
  std::vector<double> confirmed;
  std::vector<Span> spans, spans_b, spans_c, spans_d;
  std::vector<std::vector<Span>> orders;  ///< by mount, of the flying unit at hand
  std::vector<Span> met_spans;            ///< when the intruder at hand is where a rule lets rounds meet it
  std::uint64_t round_of_tries = 0, round_of_counts = 0;
};

}  // namespace dronewall
