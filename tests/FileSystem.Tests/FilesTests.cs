namespace RbpfSpec.FileSystem.Tests;

public class FilesTests : Scratch
{
    private static readonly FileKind Small = new("a small file", 4);

    [Fact]
    public void What_is_larger_than_its_kind_may_be_is_refused()
    {
        Files.Read(Write("four", "1234"), Small).ShouldBe("1234"u8.ToArray());
        Should.Throw<FileException>(() => Files.Read(Write("five", "12345"), Small)).Message
            .ShouldBe($"'{At("five")}' has 5 bytes; a small file may have 4");
        Should.Throw<FileException>(() => Files.ReadAll(new StringReader("12345"), Small)).Message
            .ShouldBe("standard input has more than 4 characters, which is the most that a small file may have");
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        Should.Throw<FileException>(() => Files.Read(Folder)).Message.ShouldBe($"'{Folder}' is a folder; expected a file");
        Should.Throw<FileException>(() => Files.Read(At("absent"))).Message.ShouldStartWith($"'{At("absent")}' cannot be read: ");
    }

    [Fact]
    public void Text_has_no_byte_order_mark() => Files.ReadText(Write("marked", [0xEF, 0xBB, 0xBF, (byte)'a'])).ShouldBe("a");

    [Fact]
    public void A_link_that_leads_to_no_file_is_none_yet()
    {
        if (OperatingSystem.IsWindows()) return;
        File.WriteAllText(At("file"), "");
        File.CreateSymbolicLink(At("to-file"), "file");
        File.CreateSymbolicLink(At("to-nothing"), "absent");
        File.CreateSymbolicLink(At("circle"), "circle");

        ((string[])["file", "to-file", "to-nothing", "absent"]).Select(name => Files.Exists(At(name))).ShouldBe([true, true, false, false]);
        Files.Exists(At("circle")).ShouldBeTrue("reading it tells what is wrong");
        Should.Throw<FileException>(() => Files.ReadText(At("circle")));
    }
}
