using RbpfSpec.Debugging.Places;
using RbpfSpec.Images;

namespace RbpfSpec.Debugging.Tests.Places;

public class SourceMapTests
{
    private static readonly SourceMap Map = new(Programs.Lines().Image);

    private static readonly string File = Map.Files.ShouldHaveSingleItem();

    [Fact]
    public void A_slot_has_the_line_that_the_compiler_noted()
    {
        Map.At(0).ShouldBe(new SourcePlace(File, 6));
        Map.At(16).ShouldBe(new SourcePlace(File, 3));
        Map.At(1000).ShouldBeNull();
    }

    [Fact]
    public void A_line_has_the_slots_at_which_a_stretch_of_it_begins()
    {
        Map.Slots(File, 3).ShouldBe((3, [9]));
        Map.Slots(File, 7).ShouldBe((7, [1]));
        Map.Lines(File).ShouldBe([3, 6, 7]);
    }

    [Fact]
    public void A_line_without_slots_stands_for_the_next_that_has_some()
    {
        Map.Slots(File, 1).ShouldBe((3, [9]));
        Map.Slots(File, 8).ShouldBe((8, []));
        Map.Slots("other.c", 1).ShouldBe((1, []));
    }

    [Fact]
    public void The_text_of_a_file_is_what_the_object_has_of_it()
    {
        var lines = Map.Text(File).Split('\n');

        lines.Length.ShouldBe(7);
        lines[0].ShouldBe("");
        lines[2].ShouldBe("  return p[at + 1];");
        Map.Text("other.c").ShouldBe("");
    }

    [Theory]
    [InlineData("./a/x.c", "/home/me/a/x.c", "./a/x.c")]
    [InlineData("./a/x.c|./b/x.c", "/home/me/b/x.c", "./b/x.c")]
    [InlineData("./a/x.c|./b/x.c", "/home/me/c/x.c", null)]
    [InlineData("/build/x.c", "C:\\me\\x.c", "/build/x.c")]
    [InlineData("./x.c|./a/x.c", "/home/a/x.c", "./a/x.c")]
    [InlineData("./x.c", "/home/y.c", null)]
    [InlineData("./x.c", "", null)]
    public void A_path_means_the_file_whose_name_is_its_end(string files, string path, string? expected)
    {
        var names = files.Split('|');
        var image = Programs.Lines().Image with
        {
            Lines = Sequence.Generate(names.Length, i => new ImageLine(i, new SourceLine(names[i], 1, 1, ""))),
        };

        new SourceMap(image).Find(path).ShouldBe(expected);
    }

    [Fact]
    public void Of_two_lines_at_one_slot_the_last_holds_and_stretches_of_one_line_are_one()
    {
        SourceLine[] lines = [new("x.c", 1, 1, ""), new("x.c", 2, 1, ""), new("x.c", 2, 9, ""), new("x.c", 3, 1, ""), new("x.c", 2, 1, "")];
        int[] slots = [0, 0, 1, 2, 3];
        var map = new SourceMap(Programs.Lines().Image with
        {
            Lines = Sequence.Generate(lines.Length, i => new ImageLine(slots[i], lines[i])),
        });

        map.Lines("x.c").ShouldBe([2, 3]);
        map.Slots("x.c", 2).ShouldBe((2, [0, 3]));
    }
}
