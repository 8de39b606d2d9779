namespace RbpfSpec.Cli.Tests.Commands;

/// <summary>The site as files; what is in them, the tests of the site say.</summary>
public class SpecCommandTests : Scratch
{
    [Fact]
    public void A_folder_without_a_name_is_refused() =>
        Rbpf.Run(["spec", "build", "--out", ""]).IsUsage("the folder has no name; expected one to write the site to");

    [Fact]
    [Trait("Needs", "time")]
    public void The_site_is_written_whole_in_place_of_an_earlier_one()
    {
        Directory.CreateDirectory(At("site"));
        Write("site/index.html", "<meta name=\"generator\" content=\"rbpf spec build\">");
        Write("site/old.html", "");

        Rbpf.Run(["spec", "build", "--out", At("site")]).Holds().ShouldContain(At("site/index.html"));

        File.Exists(At("site/ops/sdiv.html")).ShouldBeTrue();
        File.Exists(At("site/old.html")).ShouldBeFalse();
        Directory.EnumerateFileSystemEntries(Folder).ShouldBe([At("site")]);
    }

    [Fact]
    public void What_is_no_site_stays_as_it_is()
    {
        var file = Write("mine.txt", "kept");

        Rbpf.Run(["spec", "build", "--out", Folder])
            .IsUsage($"'{Folder}' has files that are no site of 'spec build'; expected a new or empty folder, or such a site");
        Rbpf.Run(["spec", "build", "--out", file]).IsUsage($"'{file}' is a file; expected a folder");

        Directory.EnumerateFileSystemEntries(Folder).ShouldBe([file]);
        File.ReadAllText(file).ShouldBe("kept");
    }
}
