typedef unsigned int u32;
typedef unsigned char u8;
enum color { RED, GREEN = 5, BLUE = -1 };
struct point { short x; u8 tag[3]; };
struct request {
  u32 length;
  int sum;
  struct point at;
  u8 pad[3];
  enum color color;
  unsigned low : 3;
  unsigned high : 5;
  const struct point *next;
  long long wide;
  char letter;
  _Bool odd;
  union { int number; u8 bytes[4]; };
};
int unreached(int n) { return n + 7; }
static inline int twice(int number) { int doubled = number * 2; return doubled; }
static __attribute__((noinline)) int fill(int *out, int n) {
  for (int i = 0; i < n; i++)
    out[i] = -i;
  return n;
}
__attribute__((section("prog"))) int entry(struct request *request) {
  int table[6];
  int matrix[2][3] = {{1, 2, 3}, {4, 5, 6}};
  long total = twice(request->sum);
  fill(table, request->length);
  for (u32 i = 0; i < request->length; i++)
    total += table[i] + matrix[i & 1][i % 3];
  request->sum = total;
  return total + request->letter;
}
