// Reasons that only features and what goes with them give: never in plain Figure 2, all of them in the swarm of features.
#pragma once

namespace raft::test {

inline constexpr const char* feature_reasons[] = {
    "appended_noop", "skipped_term", "asks_before_election", "would_vote", "leader_is_alive", "next_term_too_low",
    "counted_pre_vote", "lost_quorum", "transfer_started", "transfer_waits", "told_to_take_over", "takes_over",
    "transfer_aborted", "transfer_under_way", "has_no_vote", "configuration_stored", "joint_configuration",
    "configuration_undone", "configuration_committed", "removed_leader_steps_down", "took_snapshot", "sends_snapshot",
    "stored_chunk", "chunk_out_of_order", "installed_snapshot", "snapshot_retains_log", "snapshot_is_old",
    "repeated_command", "session_expired", "read_waits_for_term", "read_waits_for_round", "read_confirmed",
    "read_by_lease", "answered_read", "session_opened", "client_expired", "disk_is_writing", "written_to_disk",
    "writes_lost", "waits_at_paused_node",
};

}  // namespace raft::test
