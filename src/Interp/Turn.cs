using System.Runtime.CompilerServices;

namespace RbpfSpec.Interp;

/// <summary>Lets one user at a time use something that is for one thread at a time, and refuses all others.</summary>
/// <remarks>
/// The thread that used it last enters by two stores and two loads, without an atomic operation of the processor, which
/// would take as long as half of a short run. It is known by the page that its stack is in at that moment, since no two
/// threads have a page in common, or, where that is another one than last time, by an object of its own, which takes longer
/// to find. A thread that takes it over pays: it withdraws the claim of the thread
/// before, lets every processor see that, and only then looks whether that thread is in. Of the two, either the one
/// before sees that its claim is withdrawn, or the one that takes over sees that it is in.
/// </remarks>
internal sealed unsafe class Turn
{
    // Memory is protected, and so are stacks kept apart, by pages of at least 4 KiB.
    private const int PageBits = 12;

    // Of each thread an object that is its own.
    [ThreadStatic]
    private static object? self;

    private readonly Lock gate = new();
    private volatile Claim current = new(Self);

    private static object Self => self ??= new();

    /// <summary>Enters; <see cref="Claim.Leave"/> ends the turn.</summary>
    /// <exception cref="InvalidOperationException">Somebody is in: another thread, or the same one.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Claim Enter()
    {
        // Safe: nothing is read there.
        byte here;
        var page = (nuint)(&here) >> PageBits;
        var mine = current;
        return mine.Page == page && TryEnter(mine) ? mine : EnterFrom(page);
    }

    private Claim EnterFrom(nuint page)
    {
        var mine = current;
        if (mine.Thread == self)
        {
            mine.Page = page;
            if (TryEnter(mine)) return mine;
        }

        return TakeOver(page);
    }

    // By the thread whose claim it is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryEnter(Claim mine)
    {
        if (mine.IsIn) return false;
        mine.IsIn = true;
        if (current == mine) return true;
        mine.IsIn = false;
        return false;
    }

    private Claim TakeOver(nuint page)
    {
        lock (gate)
        {
            var before = current;
            current = Claim.Nobodys;
            Interlocked.MemoryBarrierProcessWide();
            if (before.IsIn)
            {
                current = before;
                throw new InvalidOperationException("the machine is in use: a run of it is going on, and one thread at a time may use it");
            }

            return current = new(Self) { Page = page, IsIn = true };
        }
    }

    /// <summary>That a thread is the one to use it, and whether it does.</summary>
    /// <param name="thread">The thread's own object.</param>
    internal sealed class Claim(object thread)
    {
        /// <summary>The claim of no thread.</summary>
        public static Claim Nobodys { get; } = new(new());

        // Written by its own thread alone.
        private volatile bool isIn;

        /// <summary>The thread.</summary>
        public object Thread => thread;

        /// <summary>The page of its stack that the thread was in when it entered last; none before.</summary>
        public nuint Page { get; set; }

        /// <summary>Whether its thread is in.</summary>
        public bool IsIn
        {
            get => isIn;
            set => isIn = value;
        }

        /// <summary>Ends the turn.</summary>
        public void Leave() => isIn = false;
    }
}
