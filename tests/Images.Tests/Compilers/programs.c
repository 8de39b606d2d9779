/* The usual layout of programs for Linux: the program in a section of its own, what it calls in .text. */
typedef unsigned long u64;
#define SEC(name) __attribute__((section(name), used))

__attribute__((noinline)) u64 first(u64 value) { return value * 3 + 1; }

__attribute__((noinline)) static u64 second(u64 value) { return first(value) * 2; }

SEC("xdp") u64 entry(const u64 *context, u64 length) { return first(context[0]) + second(context[1] + length); }

char terms[] SEC("license") = "MIT";
