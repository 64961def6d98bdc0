//! `diff`: its verdicts, its forms, and its command line.

mod command_line;
mod items;
mod paging;
mod pairs;
mod table;
