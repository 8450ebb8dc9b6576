"""Files (文件): blobs by content, encrypted at rest in the data folder, typed by what is in them."""
