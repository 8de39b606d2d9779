int unreached(const int *p) { return p[7] + 7; } /* What is not reached shifts the slots of what is. */
static __attribute__((noinline)) int pick(const int *p, int at) {
  return p[at + 1];
}

__attribute__((section("prog"))) int entry(const int *p) {
  return pick(p, 0) + pick(p, p[0]);
}
