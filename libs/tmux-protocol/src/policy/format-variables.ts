/**
 * Variables of tmux's formats (format.c, `format_table`) that tell of the session, window and pane only,
 * or of nothing worth hiding. Everything else may be an option, the environment, a buffer, a client or
 * something about other sessions: tmux looks all of them up by the same names.
 */
const PLAIN = `
active_window_index alternate_on alternate_saved_x alternate_saved_y
copy_cursor_line copy_cursor_word copy_cursor_x copy_cursor_y
cursor_blinking cursor_character cursor_colour cursor_flag cursor_shape cursor_very_visible cursor_x cursor_y
history_all_bytes history_bytes history_limit history_size host host_short insert_flag
keypad_cursor_flag keypad_flag last_window_index mouse_all_flag mouse_any_flag mouse_button_flag
mouse_sgr_flag mouse_standard_flag origin_flag
pane_active pane_at_bottom pane_at_left pane_at_right pane_at_top pane_bg pane_bottom
pane_current_command pane_current_path pane_dead pane_dead_signal pane_dead_status pane_dead_time pane_fg
pane_format pane_height pane_id pane_in_mode pane_index pane_input_off pane_key_mode pane_last pane_left
pane_marked pane_mode pane_path pane_pid pane_right pane_search_string pane_start_command pane_start_path
pane_synchronized pane_tabs pane_title pane_top pane_tty pane_unseen_changes pane_width
rectangle_toggle scroll_position scroll_region_lower scroll_region_upper search_count search_match
search_present selection_active selection_end_x selection_end_y selection_present selection_start_x
selection_start_y session_activity session_alerts session_created session_format session_id
session_last_attached session_name session_path session_stack session_windows
version window_active window_activity window_activity_flag window_bell_flag window_bigger window_cell_height
window_cell_width window_end_flag window_flags window_format window_height window_id window_index
window_last_flag window_layout window_marked_flag window_name window_offset_x window_offset_y window_panes
window_raw_flags window_silence_flag window_stack_index window_start_flag window_visible_layout window_width
window_zoomed_flag wrap_flag
command_list_alias command_list_name command_list_usage`;

const NAMES: ReadonlySet<string> = new Set(PLAIN.trim().split(/\s+/));

/** Whether anybody who sees the session may see this variable. */
export function isPlainVariable(name: string): boolean {
  return NAMES.has(name);
}
