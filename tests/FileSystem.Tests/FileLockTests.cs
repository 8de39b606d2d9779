namespace RbpfSpec.FileSystem.Tests;

public class FileLockTests : Scratch
{
    [Fact]
    public void One_after_the_other_changes_a_file_and_nothing_is_lost()
    {
        const int changes = 60;
        Write("count", "0");

        Parallel.For(0, changes, new() { MaxDegreeOfParallelism = 8 }, _ =>
        {
            using var taken = FileLock.On(At("count"));
            File.WriteAllText(
                At("count"), $"{int.Parse(File.ReadAllText(At("count")), System.Globalization.CultureInfo.InvariantCulture) + 1}");
        });

        File.ReadAllText(At("count")).ShouldBe($"{changes}");
        Directory.EnumerateFileSystemEntries(Folder).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_lock_that_a_killed_process_left_is_no_obstacle()
    {
        Write("file.lock", "");

        FileLock.On(At("file")).Dispose();

        File.Exists(At("file.lock")).ShouldBeFalse();
    }

    [Fact]
    public void A_folder_that_is_not_there_has_no_lock() => Should.Throw<IOException>(() => FileLock.On(At("none/file")));
}
