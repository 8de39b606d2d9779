/* What the C library of a hosted firmware needs at its start: the files of the host. */
#include <stdlib.h>

extern void initialise_monitor_handles(void);
int hosted_main(void);

/* The library asks for it when a program ends. */
void _fini(void);
void _fini(void) {}

int main(void)
{
    initialise_monitor_handles();
    exit(hosted_main());
}
