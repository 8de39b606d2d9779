namespace RbpfSpec.FileSystem.Tests;

public class OutputFilesTests : Scratch
{
    private static readonly byte[] New = [1, 2, 3];

    [Fact]
    public void A_file_is_written_whole_and_nothing_else_is_left()
    {
        Files.Write(At("a"), New);
        Files.Write(Write("b", "old"), New);

        File.ReadAllBytes(At("a")).ShouldBe(New);
        File.ReadAllBytes(At("b")).ShouldBe(New);
        Directory.EnumerateFileSystemEntries(Folder).Count().ShouldBe(2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("none/file")]
    [InlineData("folder")]
    [InlineData("file/below")]
    [InlineData("circle")]
    [InlineData("a\0b")]
    public void What_cannot_be_written_is_refused_before_the_work_and_after_it(string name)
    {
        Directory.CreateDirectory(At("folder"));
        Write("file", "old");
        if (!OperatingSystem.IsWindows()) File.CreateSymbolicLink(At("circle"), At("circle"));
        else if (name == "circle") return;
        var path = name == "" ? "" : At(name);
        var before = Directory.EnumerateFileSystemEntries(Folder).Order().ToList();

        foreach (var write in (Action[])[
            () => OutputFiles.Prepare(path), () => Files.Write(path, New), () => Files.Write([(At("good"), New), (path, New)])])
        {
            var message = Should.Throw<FileException>(write).Message;
            message.ShouldStartWith($"'{path}' cannot be written: ");
            message.ShouldNotContain("\n");
        }

        Directory.EnumerateFileSystemEntries(Folder).Order().ShouldBe(before);
        File.ReadAllText(At("file")).ShouldBe("old");
    }

    [Fact]
    public void Trying_a_file_changes_nothing()
    {
        Write("file", "old");

        OutputFiles.Prepare(At("file"));
        OutputFiles.Prepare(At("new"));

        File.ReadAllText(At("file")).ShouldBe("old");
        Directory.EnumerateFileSystemEntries(Folder).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_full_disk_is_told_where_it_shows()
    {
        if (!File.Exists("/dev/full")) return;

        Should.Throw<FileException>(() => Files.Write("/dev/full", New)).Message.ShouldStartWith("'/dev/full' cannot be written: ");
        Files.Write("/dev/null", New);
        File.Exists("/dev/null").ShouldBeTrue();
    }

    [Fact]
    public void Links_are_written_through_whatever_they_lead_to()
    {
        if (OperatingSystem.IsWindows()) return;
        Directory.CreateDirectory(At("folder"));
        Write("folder/file", "old");
        File.CreateSymbolicLink(At("link"), "folder/file");
        File.CreateSymbolicLink(At("to-link"), At("link"));
        File.CreateSymbolicLink(At("to-nothing"), "folder/new");
        File.CreateSymbolicLink(At("to-device"), "/dev/null");

        foreach (var name in (string[])["to-link", "to-nothing", "to-device"]) Files.Write(At(name), New);

        File.ReadAllBytes(At("folder/file")).ShouldBe(New);
        File.ReadAllBytes(At("folder/new")).ShouldBe(New);
        foreach (var name in (string[])["link", "to-link", "to-nothing", "to-device"]) new FileInfo(At(name)).LinkTarget.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)]
    public void A_file_keeps_its_mode(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) return;
        Write("file", "old");
        File.SetUnixFileMode(At("file"), mode);

        Files.Write(At("file"), New);

        File.GetUnixFileMode(At("file")).ShouldBe(mode);
    }

    [Fact]
    public async Task A_pipe_gets_the_bytes_and_stays_a_pipe()
    {
        if (OperatingSystem.IsWindows()) return;
        External.Shell("mkfifo", [At("pipe")]).ExitCode.ShouldBe(0);

        // Trying it opens it not: who reads it would take it for ended.
        OutputFiles.Prepare(At("pipe"));
        var reading = Task.Run(() => File.ReadAllBytes(At("pipe")));
        Files.Write(At("pipe"), New);

        (await reading).ShouldBe(New);
        UnixFile.IsStream(At("pipe")).ShouldBeTrue();
        UnixFile.IsStream(Write("file", "")).ShouldBeFalse();
        UnixFile.IsStream(Folder).ShouldBeFalse();
        UnixFile.IsStream(At("none")).ShouldBeFalse();
    }

    [Fact]
    public void Writers_of_one_file_at_once_leave_one_of_their_texts_whole()
    {
        byte[][] texts = [.. Enumerable.Range(0, 16).Select(number => Enumerable.Repeat((byte)number, 50_000).ToArray())];

        Parallel.ForEach(texts, text => Files.Write(At("file"), text));

        texts.ShouldContain(text => text.SequenceEqual(File.ReadAllBytes(At("file"))));
        Directory.EnumerateFileSystemEntries(Folder).ShouldHaveSingleItem();
    }

    [Fact]
    public void What_a_killed_process_left_is_removed_and_what_is_under_way_is_not()
    {
        // As they are named: a lock that nobody holds, and files of the same tag, one of them a folder.
        Write("rbpf.abcdefghij1-0.unfinished", "");
        Write("ledger.json.abcdefghij1-1.unfinished", "half");
        Directory.CreateDirectory(At("site.abcdefghij1-2.unfinished"));
        Write("site.abcdefghij1-2.unfinished/index.html", "half");
        Write("ledger.json.abcdefghij2-1.unfinished", "half");
        Write("mine.unfinished", "kept");
        using var underWay = Unfinished.In(Folder);
        var name = underWay.For("other");
        File.WriteAllText(name, "half");

        Files.Write(At("file"), New);

        File.Exists(name).ShouldBeTrue();
        Directory.EnumerateFileSystemEntries(Folder).Select(path => Path.GetFileName(path)!)
            .Where(found => !found.StartsWith("rbpf.", StringComparison.Ordinal)).Order()
            .ShouldBe(["file", "mine.unfinished", Path.GetFileName(name)], ignoreOrder: true);
    }

    [Fact]
    public void Files_of_the_same_kind_that_are_not_to_be_written_are_refused_with_the_first_of_them()
    {
        Directory.CreateDirectory(At("old"));
        Write("old/b.smt2", "");
        Write("a.smt2", "");
        Write("a.txt", "");

        OutputFiles.Alone(Folder, [At("a.smt2"), At("old/b.smt2"), At("new.smt2")], ".smt2", "this export");
        OutputFiles.Alone(At("none"), [], ".smt2", "this export");
        var refused = Should.Throw<FileException>(() => OutputFiles.Alone(Folder, [At("a.smt2")], ".smt2", "this export"));

        refused.Message.ShouldBe(
            $"'{Folder}' has 1 .smt2 file that this export has not, such as 'old/b.smt2', and nothing was written; "
            + "expected a new folder, or one without them");
    }

    [Fact]
    public void A_long_name_is_one_that_can_be_written()
    {
        var name = At(new string('ü', 120));

        Files.Write(name, New);

        File.ReadAllBytes(name).ShouldBe(New);
    }
}
