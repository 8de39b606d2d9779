using RbpfSpec.Debugging.Views;
using RbpfSpec.Semantics.Machine;

namespace RbpfSpec.Debugging.Tests.Views;

public class TraceViewTests
{
    [Fact]
    public void Instructions_and_lines_are_gone_through_in_both_directions()
    {
        var view = Lines();

        Slots(view, "s s s s a a").ShouldBe([1, 2, 9, 10, 9, 2]);
        Slots(view, "n n p p").ShouldBe([1, 16, 9, 1]);
        Slots(view, "s s s o p").ShouldBe([1, 2, 9, 3, 1]);
        Slots(view, "a").ShouldBe([0]);
    }

    [Fact]
    public void Breakpoints_stop_and_are_taken_away()
    {
        var view = After(Lines(), "s s s b");
        view.Breakpoints.ShouldBe([9]);

        Slots(view, "c r g c b c").ShouldBe([9, 9, 0, 9, 9, 16]);
        After(view, "b").Breakpoints.ShouldBeEmpty();
        After(Lines(), "c").Timeline.End.ShouldBeOfType<Outcome<Word>.Trapped>();
    }

    [Fact]
    public void Regions_are_shown_in_turn_and_no_further_than_they_go()
    {
        var view = After(Lines(), "\t");
        (view.Region, view.Row).ShouldBe((1, 0));
        After(view, "d d").Row.ShouldBe(0);
        view = After(view, "\t d");
        (view.Region, view.Row).ShouldBe((0, 8));
        After(view, "d d d d d d d d d d").Row.ShouldBe(63);
        After(view, "u u").Row.ShouldBe(0);

        // The frame of the call is a region as long as the call lasts.
        view = After(Lines(), "s s s \t \t");
        view.Region.ShouldBe(2);
        After(view, "o").Region.ShouldBe(0);
    }

    [Fact]
    public void A_run_that_does_not_end_can_be_stopped()
    {
        var view = new TraceView(Programs.Assembled(Programs.Endless), "x", static _ => null).After(ViewCommand.Continue).Advance(1001);

        view.IsRunning.ShouldBeTrue();
        view.Stopped().IsRunning.ShouldBeFalse();
        view.Stopped().Timeline.Position.ShouldBe(1001);
        view.Stopped().After(ViewCommand.Quit).IsOver.ShouldBeTrue();
    }

    [Fact]
    public void The_screen_shows_the_variables_of_C_that_are_somewhere_first()
    {
        var (program, variables) = Programs.WithVariables(5, string.Concat(Enumerable.Repeat("03000000", 14)));
        var view = After(new TraceView(program, "x", static _ => null) { Variables = variables }, "s s s s s s s");

        var right = TraceScreen.Lines(view, 100, 40)
            .Select(static line => line[(line.IndexOf('|', StringComparison.Ordinal) + 1)..].Trim()).ToList();

        right.SkipWhile(static line => line != "variables").Take(3).ShouldBe(["variables", "out = 0x100001e8", "n = <optimised away>"]);
    }

    [Fact]
    public void The_screen_shows_source_slots_registers_and_memory() =>
        string.Join('\n', (IEnumerable<string>)TraceScreen.Lines(After(Lines(), "s s s s s s"), 100, 24)).ShouldBe("""
            lines.o  step 6, slot 13, 1 call deep, lines.c:3

            source ./lines.c                                            | registers
                  1  int unreached(const int *p) { return p[7] + 7; } / |  r0  0x0
                  2  static __attribute__((noinline)) int pick(const in |  r1  0x20000000 context
            >     3    return p[at + 1];                                | *r2  0x100000000
                  4  }                                                  |  r3  0x100000000
                  5                                                     |  r4  0x0
                  6  __attribute__((section("prog"))) int entry(const i |  r5  0x0
                  7    return pick(p, 0) + pick(p, p[0]);               |  r6  0x20000000 context
                  8  }                                                  |  r7  0x0
                                                                        |  r8  0x0
            slots                                                       |  r9  0x0
                  7  add %r0, %r7                                       |  r10 0x10000000 stack
                  8  exit                                               |
                  9  lsh %r2, 32                            ; pick      | stack 0x10000000+512 rw
                 10  lddw %r3, 0x100000000                              |  0x10000000 0000000000000000  ........
                 12  add %r2, %r3                                       |  0x10000008 0000000000000000  ........
            >    13  arsh %r2, 32                                       |  0x10000010 0000000000000000  ........
                 14  lsh %r2, 2                                         |  0x10000018 0000000000000000  ........
                 15  add %r1, %r2                                       |  0x10000020 0000000000000000  ........
                 16  ldxw %r0, [%r1]                                    |  0x10000028 0000000000000000  ........
                 17  exit                                               |  0x10000030 0000000000000000  ........
            left/right step  up/down line  c go  r back  b break  tab region  h help  q quit
            """);

    [Fact]
    public void A_trap_and_an_end_are_told_and_what_changed_is_marked()
    {
        var trapped = TraceScreen.Lines(After(Lines(), "c"), 200, 30);
        trapped[1].ShouldStartWith("trap MemoryAccess at slot 16: load of 4 bytes at 0x20000008");

        var view = After(new TraceView(Programs.Assembled("stdw [%r10-512], 65\nexit\n"), "x", static _ => null), "s");
        string.Join('\n', (IEnumerable<string>)TraceScreen.Lines(view, 80, 20)).ShouldContain("*0x10000000 4100000000000000  A.......\n");
        TraceScreen.Lines(After(view, "s"), 80, 20)[1].ShouldBe("ends with r0 = 0x0 (0)");
    }

    [Fact]
    public void Text_of_sources_cannot_command_the_terminal() =>
        TraceScreen.Lines(Lines("\e[2J\tx\u009b\n\n\n"), 80, 24).ShouldAllBe(line => !line.Any(char.IsControl));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1000, 500)]
    [InlineData(41, 11)]
    public void A_screen_of_any_size_is_filled_and_no_more(int width, int height)
    {
        foreach (var keys in (string[])["", "h", "s s s s", "c"])
        {
            var lines = TraceScreen.Lines(After(Lines(), keys), width, height);

            lines.Count.ShouldBe(Math.Max(height, 10));
            lines.ShouldAllBe(line => line.Length <= Math.Max(width, 40));
        }
    }

    [Fact]
    public void Every_command_has_a_key_and_the_help_tells_it()
    {
        foreach (var command in Enum.GetValues<ViewCommand>().Except([ViewCommand.None]))
            Enumerable.Range(0, 128).Select(code => ViewKeys.Of(Key((char)code))).ShouldContain(command);
        ViewKeys.Help.Count.ShouldBe(Enum.GetValues<ViewCommand>().Length - 1);
        ViewKeys.Of(new('\0', ConsoleKey.LeftArrow, false, false, false)).ShouldBe(ViewCommand.Back);
        ViewKeys.Of(new('\u0003', ConsoleKey.C, false, false, true)).ShouldBe(ViewCommand.Quit);
        ViewKeys.Of(Key('~')).ShouldBe(ViewCommand.None);
    }

    private static TraceView Lines(string? text = null) =>
        new(Programs.Lines(), "lines.o", _ => text ?? File.ReadAllText(Programs.LinesSource));

    private static TraceView After(TraceView view, string keys)
    {
        foreach (var key in keys.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            view = view.After(ViewKeys.Of(Key(key[0])));
            while (view.IsRunning) view = view.Advance(1_000);
        }

        return view;
    }

    private static ulong[] Slots(TraceView view, string keys) =>
        [.. keys.Split(' ').Select(key => (view = After(view, key)).Timeline.Slot)];

    private static ConsoleKeyInfo Key(char character) => new(character, ConsoleKey.None, false, false, false);
}
