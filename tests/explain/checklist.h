// Which reasons each kind of event can have, by their names; "refused": why what somebody wants would do nothing; "core":
// what only the core can be asked. RAFTLAB_SHOW_CHECKLIST=1 prints what checklist_test.cpp has seen.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace raft::test {

inline const std::pair<std::string, std::string_view> checklist[] = {
    {"ask_again", "asked_again"},
    {"client_ask", "client_asked"},
    {"client_timeout", "client_asked client_timed_out"},
    {"configure",
     "applied committed_by_majority configuration_committed configuration_stored disk_is_writing "
     "joint_configuration not_on_majority sends_snapshot started"},
    {"core", "leader_has_no_timeout"},
    {"crash", "crashed writes_lost"},
    {"election_timeout",
     "appended_noop applied asks_before_election committed_by_majority disk_is_writing has_no_vote no_winner "
     "sent_heartbeats started_election voted_for_itself won_election"},
    {"heartbeat", "lost_quorum resent sends_snapshot sent_heartbeats stepped_down transfer_aborted"},
    {"lose", "dropped_by_hand link_is_cut lost_by_chance receiver_is_down"},
    {"message", ""},
    {"network", ""},
    {"next_rule", ""},
    {"pause", ""},
    {"propose", "appended_command disk_is_writing not_on_majority sends_snapshot"},
    {"receive",
     "already_stored already_voted answered_client answered_read appended_command appended_noop applied "
     "chunk_out_of_order client_asked client_done client_expired client_failed client_redirected "
     "client_stopped_waiting client_told commit_limited committed_by_majority configuration_committed "
     "configuration_stored configuration_undone conflicting_term counted_pre_vote counted_vote "
     "deleted_conflicting disk_is_writing follower_matches granted_vote granted_vote_again higher_term_seen "
     "installed_snapshot joint_configuration leader_is_alive learnt_commit log_is_behind log_matches "
     "missing_entry next_term_too_low no_leader_known no_longer_candidate no_longer_leader not_current_term "
     "not_leader not_on_majority old_reply_ignored read_by_lease read_confirmed read_waits_for_round "
     "read_waits_for_term recognized_leader removed_leader_steps_down repeated_command second_leader_in_term "
     "sends_snapshot sent_heartbeats session_expired session_opened skipped_term snapshot_is_old "
     "snapshot_retains_log stale_term started_election stepped_down stored_chunk stored_entries takes_over "
     "timer_reset told_to_take_over took_snapshot transfer_under_way transfer_waits vote_refused "
     "voted_for_itself walked_back won_election would_vote"},
    {"refused",
     "already_dropped already_isolated already_leads already_learner already_voter change_under_way "
     "change_waits_for_term client_has_nothing_to_retry client_is_waiting clock_must_run last_voter "
     "leader_does_not_time_out learner_is_behind link_already_cut link_already_held link_not_cut "
     "link_not_held message_is_held message_is_lost no_leader no_leader_to_hand_over no_node_is_up "
     "no_session_open no_such_message node_is_down node_is_not_paused node_is_paused node_is_up not_a_learner "
     "not_a_member not_a_voter not_yet_applied nothing_is_cut nothing_is_dropped nothing_to_compact nothing_to_wipe "
     "only_a_leader_sends_heartbeats same_configuration same_partition too_many_clients too_many_nodes "
     "transfer_under_way"},
    {"restart", "restarted started"},
    {"resume", ""},
    {"setting", ""},
    {"snapshot", "took_snapshot"},
    {"transfer", "told_to_take_over transfer_started transfer_waits"},
    {"wait", "waits_at_paused_node"},
    {"wipe", "crashed disk_wiped"},
    {"written", "not_on_majority written_to_disk"},
};

}  // namespace raft::test
