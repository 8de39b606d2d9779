/* Starts a command some times. Prints the median of its time in nanoseconds, and the most memory that a run had, in KiB. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int compare(const void *left, const void *right)
{
    long long difference = *(const long long *)left - *(const long long *)right;

    return (difference > 0) - (difference < 0);
}

int main(int count, char **arguments)
{
    long long times[101];
    struct rusage usage;
    int runs;

    if (count < 3 || (runs = atoi(arguments[1])) < 1 || runs > 101) return 2;
    for (int i = 0; i < runs; i++) {
        struct timespec before, after;
        int status;
        pid_t child;

        clock_gettime(CLOCK_MONOTONIC, &before);
        child = fork();
        if (child < 0) return 1;
        if (child == 0) {
            int null = open("/dev/null", O_RDWR);
            dup2(null, 0);
            dup2(null, 1);
            execvp(arguments[2], arguments + 2);
            _exit(127);
        }
        if (waitpid(child, &status, 0) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0) return 1;
        clock_gettime(CLOCK_MONOTONIC, &after);
        times[i] = (after.tv_sec - before.tv_sec) * 1000000000LL + after.tv_nsec - before.tv_nsec;
    }
    qsort(times, runs, sizeof times[0], compare);
    getrusage(RUSAGE_CHILDREN, &usage);
    printf("%lld %ld\n", times[runs / 2], usage.ru_maxrss);
    return 0;
}
